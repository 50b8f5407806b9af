import { expect } from 'chai'
import type { TestApp } from '../../support/app.js'
import { visitorOf } from '../../support/builders.js'
import type { TestDatabase } from '../../support/database.js'
import type { StaffClient } from '../../support/staff.js'
import { at, NEWBORN } from '../../integration/queue/room.js'
import { at as slotAt } from '../bookings.js'
import { inBrowser } from '../in-browser.js'
import { aManager, drawn, KioskScreen, pairingCode, PORTRAIT } from '../pages/kiosk-screen.js'
import { untilShellIsKept } from '../pages/kept-shell.js'
import { restartableApp } from './restartable-app.js'

inBrowser('the kiosk as a machine', () => {
  let app: TestApp
  let manager: StaffClient
  let kiosk: KioskScreen
  let database: TestDatabase
  let start: () => Promise<TestApp>
  before(async () => {
    ;({ database, start } = await restartableApp())
  })
  beforeEach(async () => {
    await database.clear()
    app = await start()
    manager = await aManager(app)
  })
  afterEach(async () => {
    await kiosk?.end()
    await app?.close()
  })
  after(() => database?.close())

  describe('is paired (W6)', () => {
    it('by the manager’s code, once; then it comes back by itself', async () => {
      kiosk = await KioskScreen.place(app)
      await kiosk.open()
      expect(await kiosk.heading()).to.equal('Abbinare questo totem')
      await kiosk.touch('ACDE')
      await kiosk.press('confirm')
      expect(await kiosk.wrong()).to.include('almeno 6 caratteri')
      await kiosk.touch('ACDE')
      await kiosk.press('confirm')
      await kiosk.test('wrong').filter({ hasText: 'errato, già usato o scaduto' }).waitFor()
      await kiosk.scan((await pairingCode(manager)).toLowerCase())
      await kiosk.test('start').waitFor()
      await kiosk.open()
      await kiosk.press('offer-accesso-diretto')
      expect(await kiosk.number()).to.equal('D001')
    })

    it('not by a display’s code, and says so', async () => {
      kiosk = await KioskScreen.place(app)
      await kiosk.open()
      await kiosk.pair(await pairingCode(manager, 'legnano', 'display'))
      await kiosk.test('wrong').filter({ hasText: 'di un display' }).waitFor()
      await kiosk.open()
      expect(await kiosk.step()).to.equal('pairing')
    })

    it('by a code of another site only there, and leads there', async () => {
      kiosk = await KioskScreen.place(app)
      await kiosk.open()
      await kiosk.pair(await pairingCode(manager, 'magenta'))
      await kiosk.test('wrong').filter({ hasText: 'altra sede: Magenta' }).waitFor()
      await kiosk.press('other-site')
      await kiosk.test('start').waitFor()
      expect(await kiosk.page.locator('header').innerText()).to.include('Magenta')
      await kiosk.open()
      expect(await kiosk.step(), 'this one is still unpaired').to.equal('pairing')
    })

    it('until it is revoked: then it asks for a code again, and says why', async () => {
      kiosk = await KioskScreen.paired(app, manager)
      const { body } = await manager.get('/sites/legnano/devices')
      const [{ id }] = (body as { devices: [{ id: string }] }).devices
      await manager.delete(`/sites/legnano/devices/${id}`)
      await kiosk.press('offer-accesso-diretto')
      await kiosk.test('wrong').filter({ hasText: 'non è più abbinato' }).waitFor()
      await kiosk.open()
      expect(await kiosk.step()).to.equal('pairing')
      expect(await drawn(app)).to.deep.equal([])
    })
  })

  describe('survives the server', () => {
    it('that is stopped during a press and started again: one number, by itself (W5, B4)', async () => {
      kiosk = await KioskScreen.paired(app, manager)
      await app.close()
      await kiosk.press('offer-accesso-diretto')
      await kiosk.test('asking-away').waitFor()
      expect(await kiosk.page.locator('[data-part="away"]').innerText()).to.include(
        'Il sistema non risponde dalle 9:00',
      )
      app = await start()
      expect(await kiosk.number()).to.equal('D001')
      await kiosk.page.locator('[data-part="away"]').waitFor({ state: 'hidden' })
      expect(await drawn(app)).to.deep.equal(['D001 waiting'])
    })

    it('that is away when the machine is switched on: it waits, knows no time and no choices, and goes on by itself (B4)', async () => {
      kiosk = await KioskScreen.paired(app, manager)
      const { page } = kiosk
      await kiosk.open()
      await kiosk.press('offer-accesso-diretto')
      const number = await kiosk.number()
      await untilShellIsKept(page)
      await app.close()
      await page.reload()
      await kiosk.test('waiting-for-server').waitFor()
      expect(await page.locator('[data-part="clock"]').textContent()).to.equal('')
      expect(await page.locator('.kiosk-card').count()).to.equal(0)
      app = await start()
      expect(await kiosk.number(), 'it was still on the screen').to.equal(number)
      await page.locator('[data-part="clock"]', { hasText: /^9:00$/ }).waitFor()
      await kiosk.press('done')
      await kiosk.press('offer-accesso-diretto')
      expect(await kiosk.number()).not.to.equal(number)
      expect(await drawn(app)).to.have.length(2)
    })

    it('that goes away while nobody is there: it says so, and no longer once it is back', async () => {
      kiosk = await KioskScreen.paired(app, manager)
      await kiosk.page.clock.install()
      await kiosk.open()
      await app.close()
      await kiosk.page.clock.runFor(11_000)
      await kiosk.page.locator('[data-part="away"]').waitFor()
      expect(await kiosk.step()).to.equal('start')
      app = await start()
      await kiosk.page.clock.runFor(3_000)
      await kiosk.page.locator('[data-part="away"]').waitFor({ state: 'hidden' })
    })
  })

  describe('is left as it was found', () => {
    it('after 30 s idle it starts anew in Italian; 20 s before one may ask for more time (2.2.1)', async () => {
      kiosk = await KioskScreen.paired(app, manager)
      await kiosk.page.clock.install()
      await kiosk.open()
      await kiosk.speak('en')
      await kiosk.press('booking')
      await kiosk.touch('ACDE')
      await kiosk.page.clock.runFor(9_000)
      expect(await kiosk.test('more-time').isVisible()).to.equal(false)
      await kiosk.page.clock.runFor(2_000)
      expect(await kiosk.page.locator('[data-part="idle"]').innerText()).to.match(
        /back to the start in (1\d|20) seconds/,
      )
      await kiosk.press('more-time')
      expect(await kiosk.test('more-time').isVisible()).to.equal(false)
      await kiosk.page.clock.runFor(90_000)
      expect(await kiosk.page.locator('#typed').inputValue()).to.equal('ACDE')
      await kiosk.page.clock.runFor(31_000)
      await kiosk.test('start').waitFor()
      expect(await kiosk.heading()).to.equal('Buongiorno, che cosa deve fare?')
      await kiosk.press('booking')
      expect(await kiosk.page.locator('#typed').inputValue(), 'nothing of the one before').to.equal('')
    })

    it('shows a number for twelve seconds, or longer when asked; then screen and paper hold nothing of it', async () => {
      kiosk = await KioskScreen.paired(app, manager)
      await kiosk.page.clock.install()
      await kiosk.open()
      for (const more of [false, true]) {
        await kiosk.press('offer-accesso-diretto')
        await kiosk.number()
        await kiosk.page.locator('.receipt img').waitFor({ state: 'attached' })
        if (more) await kiosk.press('more-time')
        await kiosk.page.clock.runFor(more ? 110_000 : 11_000)
        expect(await kiosk.step()).to.equal('ticket')
        await kiosk.page.clock.runFor(more ? 11_000 : 2_000)
        await kiosk.test('start').waitFor()
        expect(await kiosk.page.content()).not.to.match(/D00\d|\/numero\//)
      }
    })
  })

  describe('is for everybody', () => {
    it('works by keyboard alone; each step takes the focus to its heading', async () => {
      kiosk = await KioskScreen.paired(app, manager)
      const { keyboard } = kiosk.page
      const focused = () => kiosk.page.evaluate(() => document.activeElement?.textContent ?? '')
      await kiosk.open()
      expect(await focused()).to.equal('Buongiorno, che cosa deve fare?')
      for (let i = 0; i < 2; i++) await keyboard.press('Tab')
      await keyboard.press('Enter')
      await kiosk.test('newborn').waitFor()
      expect(await focused()).to.equal('Scriva il codice fiscale del bambino')
      await keyboard.type(NEWBORN, { delay: 120 })
      await keyboard.press('Tab')
      expect(await kiosk.page.evaluate(() => document.activeElement?.id)).to.equal('typed')
      await kiosk.page.waitForTimeout(300)
      await keyboard.press('Enter')
      expect(await kiosk.number()).to.equal('N001')
      expect(await focused()).to.match(/Il suo numero\s+N001/)
      await keyboard.press('Tab')
      await keyboard.press('Space')
      await kiosk.test('start').waitFor()
      expect(await focused()).to.equal('Buongiorno, che cosa deve fare?')
    })

    it('speaks English from the first touch to the paper', async () => {
      kiosk = await KioskScreen.paired(app, manager)
      await kiosk.speak('en')
      expect(await kiosk.heading()).to.equal('Welcome, what do you need?')
      expect(await kiosk.page.locator('html').getAttribute('lang')).to.equal('en')
      await kiosk.press('offer-punto-ritiro')
      expect(await kiosk.heading()).to.equal('Are you 65 or over?')
      await kiosk.press('senior-yes')
      await kiosk.number()
      expect(await kiosk.text())
        .to.include('Before you: nobody')
        .and.include('No counter is open')
      await kiosk.page.locator('.receipt img').waitFor({ state: 'attached' })
      expect(await kiosk.page.locator('.receipt').textContent()).to.include('Tuesday 24 November 2026')
    })

    it('is in order in every step, in both languages, down to 320 px', async () => {
      kiosk = await KioskScreen.place(app, { viewport: PORTRAIT })
      await kiosk.open()
      await kiosk.expectInOrder()
      await kiosk.pair(await pairingCode(manager))
      await kiosk.test('start').waitFor()
      await kiosk.expectInOrder()
      await kiosk.press('booking')
      await kiosk.expectInOrder()
      await kiosk.press('confirm')
      await kiosk.expectInOrder()
      await kiosk.press('home')
      await kiosk.press('offer-neonati')
      await kiosk.expectInOrder()
      await kiosk.press('home')
      await kiosk.press('offer-punto-ritiro')
      await kiosk.expectInOrder()
      await kiosk.press('senior-yes')
      await kiosk.number()
      await kiosk.press('more-time')
      await kiosk.page.locator('.kiosk-qr img').waitFor()
      await kiosk.expectInOrder()
      await kiosk.press('done')
      await kiosk.page.route('**/api/**', (route) => route.abort())
      await kiosk.press('offer-accesso-diretto')
      await kiosk.test('asking-away').waitFor()
      await kiosk.expectInOrder()
      await kiosk.press('give-up')
      await kiosk.expectInOrder()
      await kiosk.page.unrouteAll({ behavior: 'ignoreErrors' })
      app.clock.set(at('13:00'))
      await kiosk.open()
      await kiosk.expectInOrder()
    })

    it('has targets of 80 px and more on a kiosk’s screens', async () => {
      kiosk = await KioskScreen.paired(app, manager, { viewport: PORTRAIT })
      const small = () =>
        kiosk.page.evaluate(() =>
          [...document.querySelectorAll('main button, main input')]
            .map((el) => ({ name: el.textContent, box: el.getBoundingClientRect() }))
            .filter(({ box }) => Math.min(box.width, box.height) < 79.5)
            .map(({ name, box }) => `${name} ${box.width}×${box.height}`),
        )
      for (const viewport of [PORTRAIT, { width: 1280, height: 1024 }]) {
        await kiosk.page.setViewportSize(viewport)
        for (const choice of ['booking', 'offer-neonati', 'offer-punto-ritiro']) {
          await kiosk.press(choice)
          expect(await small(), `${choice} ${viewport.width}`).to.deep.equal([])
          await kiosk.press('home')
        }
        expect(await small()).to.deep.equal([])
      }
    })
  })

  it('is a page for anybody to look at, without a secret, and 404 where there is no such site', async () => {
    const { status, headers } = await fetch(`${app.url}/kiosk/legnano`)
    expect([status, headers.get('cache-control'), headers.get('referrer-policy')]).to.deep.equal([
      200,
      'no-store',
      'no-referrer',
    ])
    expect((await fetch(`${app.url}/kiosk/nowhere`)).status).to.equal(404)
    const { body } = await app.api.post('/bookings', {
      site: 'legnano',
      service: 'scelta-revoca',
      start: slotAt('11:00'),
      visitor: { ...visitorOf(1), phone: undefined },
    })
    const text = await (await fetch(`${app.url}/kiosk/legnano`)).text()
    expect(text).not.to.include((body as { booking: { code: string } }).booking.code)
    kiosk = await KioskScreen.place(app)
  })
})
