import { expect } from 'chai'
import { LANGS } from '../../../src/messages/index.js'
import type { TestApp } from '../../support/app.js'
import type { TestDatabase } from '../../support/database.js'
import { signedIn, type StaffClient } from '../../support/staff.js'
import { at } from '../../integration/queue/room.js'
import { expectInOrder } from '../checks/in-order.js'
import { inBrowser } from '../in-browser.js'
import { LeaveQueuePage, TicketPage } from '../pages/ticket-page.js'
import { Visit } from '../pages/visit.js'
import { restartableApp } from './restartable-app.js'

const PHONE = { width: 390, height: 844 }

inBrowser('the phone that follows a number', () => {
  let app: TestApp
  let staff: StaffClient
  let visit: Visit
  let database: TestDatabase
  let start: () => Promise<TestApp>
  before(async () => {
    ;({ database, start } = await restartableApp())
  })
  beforeEach(async () => {
    await database.clear()
    app = await start()
    staff = await signedIn(app)
  })
  afterEach(() => app?.close())
  after(() => database?.close())

  const draw = async () => {
    const { ticket } = (await staff.post('/sites/legnano/walk-ins', { service: 'accesso-diretto' })).body
    return { id: ticket.id as string, path: `/numero/${ticket.token}` }
  }
  const open = () => staff.post('/counters/legnano-1/open')
  const next = () => staff.post('/counters/legnano-1/next')

  describe('with the page open', () => {
    beforeEach(async () => {
      visit = await Visit.begin(app, { fresh: true, viewport: PHONE })
      await visit.page.addInitScript('globalThis.shaken = 0; navigator.vibrate = () => { shaken++; return true }')
    })
    afterEach(() => visit?.end())
    const shaken = () => visit.page.evaluate(() => (globalThis as unknown as { shaken: number }).shaken)
    const follow = async (path: string) => {
      const socket = visit.page.waitForEvent('websocket')
      await visit.open(path)
      await socket
      return new TicketPage(visit).find()
    }

    it('sees the queue move and hears that it is the turn, within two seconds: counter, title, vibration', async () => {
      const first = await draw()
      const { id, path } = await draw()
      const page = await follow(path)
      expect(await page.ahead()).to.equal('1 persona')
      expect(await page.wait()).to.include('nessuno sportello aperto')
      await open()
      await page
        .test('wait')
        .filter({ hasText: /circa \d+–\d+ minuti/ })
        .waitFor({ timeout: 2000 })
      await next()
      await page.test('ahead').filter({ hasText: 'nessuno' }).waitFor({ timeout: 2000 })
      expect(await shaken()).to.equal(0)
      await staff.post(`/tickets/${first.id}/done`)
      await next()
      await visit.page.locator('h1', { hasText: 'È il suo turno: sportello 1' }).waitFor({ timeout: 2000 })
      expect(await visit.page.title()).to.match(/^È il suo turno: sportello 1 – D002 – /)
      expect(await shaken()).to.equal(1)
      expect(await page.test('leave').isVisible()).to.equal(false)
      expect(await visit.page.locator('[role="status"]').innerText()).to.equal('È il suo turno: sportello 1')
      app.clock.advanceMinutes(0.2)
      await staff.post(`/tickets/${id}/recall`)
      await visit.page.waitForFunction(() => (globalThis as unknown as { shaken: number }).shaken === 2)
      await staff.post(`/tickets/${id}/start`)
      await new TicketPage(visit, 'serving').find()
      await staff.post(`/tickets/${id}/done`)
      await new TicketPage(visit, 'done').find()
      expect(await visit.page.title()).to.match(/^Numero D002 – /)
      expect(await shaken()).to.equal(2)
    })

    it('shows by script exactly what the server shows by itself', async () => {
      await draw()
      const { path } = await draw()
      const page = await follow(path)
      await open()
      await page.test('wait').filter({ hasText: 'circa' }).waitFor()
      const look = () => visit.page.evaluate(() => document.querySelector<HTMLElement>('[data-ticket]')?.innerText)
      const live = await look()
      await visit.page.reload()
      expect(await look()).to.equal(live)
    })

    it('wakes up to the right state though no socket comes through, and asks by itself from then on', async () => {
      const { id, path } = await draw()
      await visit.page.clock.install()
      await visit.page.route('**/socket.io/**', (route) => route.abort())
      await visit.open(path)
      await visit.page.locator('h1', { hasText: 'È in coda' }).waitFor()
      await open()
      await next()
      await visit.page.waitForTimeout(300)
      await visit.page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
      await visit.page.locator('h1', { hasText: 'È il suo turno' }).waitFor({ timeout: 3000 })
      expect(await shaken()).to.equal(1)
      await staff.post(`/tickets/${id}/done`)
      await visit.page.clock.runFor(20_000)
      await visit.page.locator('h1', { hasText: 'Ha finito' }).waitFor({ timeout: 3000 })
      visit.forgive()
    })

    it('says since when it is not up to date, and comes back after a restart by itself (B2, B4)', async () => {
      const { path } = await draw()
      await visit.page.clock.install()
      const page = await follow(path)
      await app.close()
      await visit.page.clock.runFor(16_000)
      await visit.page.locator('[data-part="stale"]', { hasText: 'Non aggiornato dalle' }).waitFor()
      expect(await page.ahead(), 'what is known stays').to.include('nessuno')
      app = await start()
      staff = await signedIn(app, { username: 'anna' })
      await open()
      for (let i = 0; i < 6; i++) await visit.page.clock.runFor(1000)
      await visit.page.locator('[data-part="stale"]').waitFor({ state: 'hidden' })
      await page.test('wait').filter({ hasText: 'circa' }).waitFor()
      visit.forgive()
    })

    it('says that the counters are closed, once nobody waits and none is open after closing (Q7)', async () => {
      const { id, path } = await draw()
      await open()
      await next()
      await staff.post(`/tickets/${id}/missed`)
      const socket = visit.page.waitForEvent('websocket')
      await visit.open(path)
      await socket
      const closed = visit.page.locator('[data-part="closed"]')
      expect(await closed.isVisible()).to.equal(false)
      await staff.post('/counters/legnano-1/close')
      app.clock.set(at('19:00'))
      await closed.filter({ hasText: 'sportelli sono chiusi' }).waitFor({ timeout: 12_000 })
      await visit.page.reload()
      expect(await closed.isVisible(), 'said by the server too').to.equal(true)
    })

    it('rings when asked to', async () => {
      const { path } = await draw()
      const page = await follow(path)
      const button = page.test('sound')
      expect(await button.getAttribute('aria-pressed')).to.equal('false')
      await button.click()
      expect(await button.getAttribute('aria-pressed')).to.equal('true')
      expect(await button.innerText()).to.equal('Disattiva il suono')
      await open()
      await next()
      await new TicketPage(visit, 'called').find()
    })

    it('asks for ten more minutes, once: says until when, and is back in its place afterwards (Q9)', async () => {
      const { path } = await draw()
      await draw()
      const page = await follow(path)
      await page.test('give-way').click()
      const text = visit.page.locator('[data-part="text"]')
      await text.filter({ hasText: 'Fino alle 9:10' }).waitFor()
      expect(await page.notice().innerText()).to.include('Ha altri dieci minuti')
      expect([await page.ahead(), await page.test('give-way').isVisible()]).to.deep.equal(['1 persona', false])
      app.clock.advanceMinutes(10)
      await text.filter({ hasText: 'Tenga aperta' }).waitFor({ timeout: 12_000 })
      expect(await page.ahead()).to.include('nessuno')
      expect([await page.notice().count(), await page.test('give-way').isVisible()]).to.deep.equal([0, false])
    })

    it('leaves the queue, after a question', async () => {
      const { path } = await draw()
      const page = await follow(path)
      await page.test('leave').click()
      await (await new LeaveQueuePage(visit).arrive()).test('no').click()
      await new TicketPage(visit).find()
      await page.test('leave').click()
      await new LeaveQueuePage(visit).test('yes').click()
      const left = await new TicketPage(visit, 'left').arrive()
      expect(await left.notice().innerText()).to.include('Ha lasciato la coda')
    })
  })

  it('works without scripts: opens itself again, and leaves', async () => {
    const { path } = await draw()
    visit = await Visit.begin(app, { javaScriptEnabled: false, viewport: PHONE })
    await visit.open(path)
    const page = await new TicketPage(visit).arrive()
    expect(await page.page.content()).to.include('Ferma l’aggiornamento')
    expect(await page.test('sound').isVisible()).to.equal(false)
    await page.test('leave').click()
    await new LeaveQueuePage(visit).test('yes').click()
    await new TicketPage(visit, 'left').arrive()
    await visit.end()
  })

  for (const lang of LANGS) {
    it(`is in order in every state ${lang === 'it' ? 'in Italian' : 'in English'}, down to 320 px`, async () => {
      visit = await Visit.begin(app, { lang })
      const { id, path } = await draw()
      const step = (name: string) => staff.post(`/tickets/${id}/${name}`)
      const look = async (status: ConstructorParameters<typeof TicketPage>[1]) => {
        await visit.open(path)
        await expectInOrder(new TicketPage(visit, status))
      }
      await look('waiting')
      await visit.open(`${path}/lascia`)
      await expectInOrder(new LeaveQueuePage(visit))
      await open()
      await next()
      await look('called')
      await step('start')
      await look('serving')
      await step('park')
      await look('parked')
      await step('return')
      await next()
      await step('missed')
      await look('missed')
      await step('return')
      await next()
      await step('start')
      app.clock.set('2026-11-25T09:00:00+01:00')
      await look('closed')
      app.clock.set(at('09:00'))
      await step('done')
      await look('done')
      await visit.end()
    })
  }
})
