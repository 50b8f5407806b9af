import { expect } from 'chai'
import { startApp, type TestApp } from '../../support/app.js'
import { openTestDatabase, type TestDatabase } from '../../support/database.js'
import { SQLITE } from '../../support/engines.js'
import { freePort } from '../../support/servers.js'
import { at } from '../../support/crowd.js'
import { signedIn, StaffClient } from '../../support/staff.js'
import { inBrowser } from '../in-browser.js'
import { Console } from '../pages/operator.js'
import { Visit } from '../pages/visit.js'
import { Morning } from './morning.js'

/** What a browser writes of requests that reach nobody. */
const UNREACHED = /^console: /

inBrowser('a console that loses the server', () => {
  it('says since when, does not lie about a press, and fetches all that happened when the network is back', async () => {
    const morning = await Morning.begin()
    const desk = await morning.openConsole()
    const context = desk.page.context()
    await morning.walksIn()
    await desk.lists(['D001'])
    await context.setOffline(true)
    await desk.sees(desk.test('lost'), desk.word('link.lost', { time: '9:10' }))
    await desk.press('next')
    await desk.says(desk.word('said.lost'))
    await morning.walksIn()
    expect(await desk.numbers()).to.deep.equal(['D001'])
    await context.setOffline(false)
    await desk.test('lost').waitFor({ state: 'detached' })
    await desk.lists(['D001', 'D002'])
    await desk.press('next')
    await desk.has('D001')
    desk.visit.forgive(UNREACHED)
    await desk.visit.end()
    await morning.end()
  })

  it('one press whose answer is lost on the way is one call (K9)', async () => {
    const morning = await Morning.begin()
    const desk = await morning.openConsole()
    await morning.walksIn()
    await morning.walksIn()
    await desk.lists(['D001', 'D002'])
    let sent = 0
    await desk.page.route('**/legnano-1/next', async (route) => {
      sent += 1
      if (sent > 1) return route.continue()
      await route.fetch()
      // Far later than the two seconds within which the server itself takes two presses for one.
      morning.app.clock.advanceMinutes(1)
      return route.abort('connectionreset')
    })
    await desk.press('next')
    await desk.said('next', { number: 'D001', why: desk.word('class.walk-in') })
    expect(sent).to.equal(2)
    await desk.lists(['D002'])
    desk.visit.forgive(UNREACHED)
    await desk.visit.end()
    await morning.end()
  })

  describe('when the server itself goes away', () => {
    let [database, app]: [TestDatabase?, TestApp?] = []
    after(async () => {
      await app?.close()
      await database?.close()
    })

    it('comes back by itself, live as before', async () => {
      const port = `${await freePort()}`
      const settings = { PORT: port, BASE_URL: `http://127.0.0.1:${port}` }
      database = await openTestDatabase(SQLITE)
      const start = async () => startApp(SQLITE, { now: at('09:10'), settings, ...(database && { database }) })
      app = await start()
      const anna = await signedIn(app, { username: 'anna' })
      const visit = await Visit.begin(app, { fresh: true })
      const [name = '', value = ''] = anna.cookie.split('=')
      await visit.page.context().addCookies([{ name, value, url: app.url }])
      await visit.open('/operatore/sportello/legnano-1')
      const desk = await new Console(visit).find()
      await desk.sees(desk.test('link-state'), desk.word('link.live'))
      await app.close()
      await desk.test('lost').waitFor()
      app = await start()
      await desk.test('lost').waitFor({ state: 'detached', timeout: 15_000 })
      await desk.sees(desk.test('link-state'), desk.word('link.live'))
      const again = new StaffClient(app.api)
      await again.signIn('anna')
      await again.post('/sites/legnano/walk-ins', { service: 'accesso-diretto' })
      await desk.lists(['D001'])
      visit.forgive(UNREACHED)
      visit.forgive(/^50[234] for/)
      await visit.end()
    })
  })
})
