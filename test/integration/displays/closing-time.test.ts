import { expect } from 'chai'
import { io, type Socket } from 'socket.io-client'
import type { Screen } from '../../../src/displays/screen.shape.js'
import { startApp, type TestApp } from '../../support/app.js'
import { forEachEngine } from '../../support/engines.js'
import { signedIn, type StaffClient } from '../../support/staff.js'

const PATIENCE_MS = 5000

/** What a display is told besides the board. */
class Told {
  readonly heard: Screen[] = []
  readonly socket: Socket

  constructor(url: string) {
    this.socket = io(`${url}/board`, { auth: { site: 'legnano' }, forceNew: true, transports: ['websocket'] })
    this.socket.on('screen', (screen: Screen) => this.heard.push(screen))
  }

  async hears(wanted: (screen: Screen) => boolean): Promise<Screen> {
    const until = performance.now() + PATIENCE_MS
    for (;;) {
      const last = this.heard.at(-1)
      if (last && wanted(last)) return last
      if (performance.now() > until) throw new Error(`never heard; last: ${JSON.stringify(last)}`)
      await new Promise((done) => setTimeout(done, 10))
    }
  }
}

forEachEngine((engine) => {
  describe('what screens and visitors are told around closing time (Q7, K11)', function () {
    this.timeout(60_000)
    let app: TestApp
    let manager: StaffClient
    let told: Told
    before(async () => {
      app = await startApp(engine, { now: '2026-11-24T08:31:00+01:00' })
      manager = await signedIn(app, { role: 'manager' })
      told = new Told(app.url)
    })
    after(async () => {
      told.socket.close()
      await app.close()
    })
    const waits = async () => (await app.api.get('/sites/legnano/waits')).body
    const screenNow = async () => (await app.api.get('/sites/legnano/screen')).body

    it('waits: who is there, how long a newcomer would wait, and how many counters are open', async () => {
      expect(await waits()).to.deep.equal({
        at: '2026-11-24T08:31:00+01:00',
        open: 0,
        lanes: {
          P: { waiting: 0, minutes: null },
          N: { waiting: 0, minutes: null },
          D: { waiting: 0, minutes: null },
          R: { waiting: 0, minutes: null },
        },
      })
      await manager.post('/counters/legnano-1/open', { services: ['accesso-diretto'] })
      await manager.post('/sites/legnano/walk-ins', { service: 'accesso-diretto' })
      const { open, lanes } = await waits()
      expect(open).to.equal(1)
      expect(lanes.D.waiting).to.equal(1)
      expect(lanes.D.minutes[0]).to.be.greaterThan(5)
      expect(lanes.P, 'no counter serves those').to.deep.equal({ waiting: 0, minutes: null })
    })

    it('a changed name, rule or notice reaches an open screen, and the board keeps its members', async () => {
      expect((await told.hears(() => true)).closed).to.equal(false)
      await manager.patch('/sites/legnano', { name: 'Legnano, via Savonarola' })
      await told.hears(({ name }) => name === 'Legnano, via Savonarola')
      await manager.patch('/sites/legnano/services/accesso-diretto', { maxWaitMinutes: 45 })
      const { rule } = await told.hears(({ rule: { it } }) => it.some((line) => line.includes('45 minuti')))
      expect(rule.en.join()).to.include('45 minutes')
      const closure = { from: '2026-11-27', to: '2026-11-28', reason: 'Assemblea del personale', public: true }
      await manager.post('/sites/legnano/closures', closure)
      const { notices } = await told.hears(({ notices: { it } }) => it.length > 0)
      expect(notices.it).to.deep.equal(['Chiuso venerdì 27 novembre: Assemblea del personale'])
      expect(notices.en).to.deep.equal(['Closed on Friday 27 November: Assemblea del personale'])
      const times = {
        from: '2026-11-28T00:00:00+01:00',
        to: '2026-12-01T00:00:00+01:00',
        reason: 'Lavori',
        public: true,
      }
      await manager.post('/sites/legnano/closures', times)
      const more = await told.hears(({ notices: { it } }) => it.length > 1)
      expect(more.notices.it[1], 'whole days, however they were entered').to.equal(
        'Chiuso da sabato 28 novembre a lunedì 30 novembre: Lavori',
      )
      const board = (await app.api.get('/sites/legnano/board')).body
      expect(Object.keys(board)).to.deep.equal(['site', 'version', 'at', 'calls', 'waiting'])
    })

    it('after closing: not closed while somebody waits or a counter is open, closed from then on', async () => {
      app.clock.set('2026-11-24T13:00:00+01:00')
      expect(await screenNow()).to.include({ closed: false, words: null })
      await manager.signIn('manager')
      await manager.post('/counters/legnano-1/open')
      const ticket = (await manager.post('/counters/legnano-1/next')).body.ticket
      expect(ticket.number).to.equal('D001')
      expect((await screenNow()).closed, 'a counter is open').to.equal(false)
      await manager.post('/counters/legnano-1/close')
      const shown = await told.hears(({ closed }) => closed)
      expect(shown.opensAt).to.equal('2026-11-25T08:30:00+01:00')
      expect(shown.words?.it).to.deep.equal({
        title: 'Gli sportelli sono chiusi',
        text: 'Riaprono mercoledì 25 novembre alle 8:30.',
      })
      expect(shown.words?.en.title).to.equal('The counters are closed')
      expect(await waits()).to.deep.include({ open: 0 })
    })
  })
})
