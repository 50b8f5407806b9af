import { expect } from 'chai'
import { startApp, type TestApp } from '../../support/app.js'
import { THE_DAY, visitorOf } from '../../support/builders.js'
import { at, booked } from '../../support/crowd.js'
import { forEachEngine } from '../../support/engines.js'
import { signedIn, type StaffClient } from '../../support/staff.js'

const CONSOLE = '/sites/legnano/console'

forEachEngine((engine) => {
  describe('what a console is told', function () {
    this.timeout(60_000)
    let [app, operator]: [TestApp?, StaffClient?] = []
    const started = (): { app: TestApp; operator: StaffClient } => {
      if (!app || !operator) throw new Error('not started')
      return { app, operator }
    }
    before(async () => {
      app = await startApp(engine)
      const { code } = await booked(app, 1, { start: at('09:15'), visitor: visitorOf(1, { lastName: 'Òrsi' }) })
      app.clock.set(at('09:10'))
      operator = await signedIn(app)
      await operator.post('/sites/legnano/check-ins', { code })
      await operator.post('/counters/legnano-1/open')
      await operator.post('/counters/legnano-1/next')
      await operator.post('/sites/legnano/walk-ins', { service: 'accesso-diretto' })
    })
    after(() => app?.close())

    it('is the queue and the counters of one version, as their own addresses tell them, and the house’s time', async () => {
      const { operator } = started()
      const [both, queue, counters] = [
        await operator.get(CONSOLE),
        await operator.get('/sites/legnano/queue'),
        await operator.get('/sites/legnano/counters'),
      ]
      expect(both.status).to.equal(200)
      expect(both.body).to.deep.equal({
        at: at('09:10', THE_DAY),
        ...queue.body,
        counters: counters.body.counters.map((each: object, i: number) => ({ ...each, mine: i === 0 })),
        printerFailedAt: null,
      })
    })

    it('holds nothing of the person behind a number (A5)', async () => {
      const text = JSON.stringify((await started().operator.get(CONSOLE)).body)
      expect(text)
        .to.contain('P001')
        .and.not.to.match(/Òrsi|example\.org|RSSMRA/)
    })

    it('is for those who may work there alone (A1)', async () => {
      const { app } = started()
      expect((await app.api.get(CONSOLE)).status).to.equal(401)
      const elsewhere = await signedIn(app, { username: 'altrove', sites: ['magenta'] })
      expect((await elsewhere.get(CONSOLE)).status).to.equal(403)
      const admin = await signedIn(app, { username: 'capo', role: 'admin' })
      expect((await admin.get('/sites/nowhere/console')).status).to.equal(404)
    })
  })
})
