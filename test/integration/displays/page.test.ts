import { expect } from 'chai'
import { displaySettings } from '../../../src/displays/display.pages.js'
import { startApp, type TestApp } from '../../support/app.js'
import { MARIADB, SQLITE } from '../../support/engines.js'
import { describeWith } from '../../support/needs.js'
import { sharedRedis } from '../../support/redis.js'
import { signedIn } from '../../support/staff.js'
import { allSee, Screen } from './screens.js'

describe('the page of a display', () => {
  let app: TestApp
  before(async () => {
    app = await startApp(SQLITE, { now: '2026-11-24T08:31:00+01:00' })
  })
  after(() => app.close())
  const page = async (path: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(app.url + path, { headers: { accept: 'text/html', ...headers } })
    return { status: answer.status, headers: answer.headers, text: await answer.text() }
  }

  it('is Italian on a browser that was installed in English, English when its address says so', async () => {
    const { status, text, headers } = await page('/display/legnano', { 'accept-language': 'en-US' })
    expect(status).to.equal(200)
    expect(text).to.include('<html lang="it">').and.include('Ora si chiama').and.include('Dati di esempio')
    expect(headers.get('content-language')).to.equal('it')
    expect(headers.get('cache-control')).to.equal('no-store')
    expect((await page('/display/legnano?lang=en')).text)
      .to.include('<html lang="en">')
      .and.include('Now calling')
    expect((await page('/display/legnano', { cookie: 'lang=en' })).text).to.include('<html lang="it">')
  })

  it('is set up by its address, whatever else that holds', () => {
    const usual = { lang: 'it', theme: null, hasSound: true }
    expect(displaySettings({})).to.deep.equal(usual)
    expect(displaySettings({ tema: 'scuro', suono: 'no', lang: 'en' })).to.deep.equal({
      lang: 'en',
      theme: 'dark',
      hasSound: false,
    })
    expect(displaySettings({ tema: 'chiaro' }).theme).to.equal('light')
    expect(displaySettings({ tema: ['scuro', 'x'], suono: '', lang: '<b>' })).to.deep.equal(usual)
  })

  it('tells Q1’s rule as it is at the site, with its numbers', async () => {
    const { text } = await page('/display/legnano')
    expect(text).to.include('da 10 minuti prima').and.include('oltre 15 minuti').and.include('dai 65 anni')
    expect(text).not.to.include('In attesa da')
    const manager = await signedIn(app, { role: 'manager' })
    const changed = await manager.patch('/sites/legnano/services/accesso-diretto', { maxWaitMinutes: 45 })
    expect(changed.status).to.equal(200)
    expect((await page('/display/legnano')).text).to.include('In attesa da 45 minuti')
  })

  it('404 for a site that is not there', async () => {
    expect((await page('/display/atlantide')).status).to.equal(404)
    expect((await page('/display/atlantide')).text).not.to.include('data-site')
  })

  it('knows its release, and the worker that keeps it rules displays alone', async () => {
    const release = (await page('/display/legnano/release')).text
    const { text } = await page('/display/magenta')
    expect(text).to.include(`data-release="${(JSON.parse(release) as { release: string }).release}"`)
    const worker = await page('/display/shell-worker.js')
    expect(worker.headers.get('content-type')).to.match(/^text\/javascript/)
    expect(worker.headers.get('service-worker-allowed')).to.equal(null)
  })
})

describeWith('Redis', 'displays of two instances', () => {
  describeWith('MariaDB', 'with one database', () => {
    it('I11: a call on either is announced once by the screens of both within a second', async function () {
      this.timeout(60_000)
      const settings = { REDIS_URL: (await sharedRedis()).url }
      const now = '2026-11-24T08:31:00+01:00'
      const one = await startApp(MARIADB, { now, settings })
      const two = await startApp(MARIADB, { now, settings, database: one.database })
      const operator = await signedIn(one)
      for (const counter of [1, 2]) await operator.post(`/counters/legnano-${counter}/open`)
      for (let n = 0; n < 4; n += 1) await operator.post('/sites/legnano/walk-ins', { service: 'accesso-diretto' })
      const screens = [one, two, one, two].map(({ url }) => new Screen(url))
      await allSee(screens, ({ board }) => board !== null, 5000)
      await operator.post('/counters/legnano-1/next')
      const tookMs = await allSee(screens, ({ announced }) => announced.length === 1, 2000)
      expect(tookMs).to.be.below(1000)
      const { body } = await operator.post('/counters/legnano-2/next')
      for (const { clock } of [one, two]) clock.advanceMinutes(0.2)
      await operator.post(`/tickets/${body.ticket.id}/recall`)
      await allSee(screens, ({ board }) => board?.calls[0]?.times === 2, 2000)
      const boards = screens.map(({ board }) => board)
      for (const board of boards) expect(board).to.deep.equal(boards[0])
      for (const { announced, versions } of screens) {
        expect(announced.filter((call) => call.startsWith('D001'))).to.deep.equal(['D001 1'])
        expect(announced.at(-1)).to.equal('D002 2')
        expect(versions).to.deep.equal([...versions].sort((a, b) => a - b))
      }
      for (const screen of screens) screen.close()
      await two.close()
      await one.close()
    })
  })
})
