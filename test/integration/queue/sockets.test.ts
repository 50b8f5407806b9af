import { expect } from 'chai'
import { io, type Socket } from 'socket.io-client'
import { startApp, type TestApp } from '../../support/app.js'
import { MARIADB, SQLITE } from '../../support/engines.js'
import { describeWith } from '../../support/needs.js'
import { sharedRedis } from '../../support/redis.js'
import { signedIn, type StaffClient } from '../../support/staff.js'
import { at } from './room.js'

type Message = Record<string, never> & {
  version: number
  calls: { number: string; times: number }[]
  status: string
  counter: string
}

/** A screen or phone that keeps whatever it is told. */
class Listener {
  readonly heard: Message[] = []
  readonly socket: Socket

  constructor(url: string, namespace: string, options: { auth: object; cookie?: string }) {
    const extraHeaders = options.cookie ? { cookie: options.cookie } : {}
    this.socket = io(url + namespace, {
      auth: options.auth,
      extraHeaders,
      forceNew: true,
      reconnection: false,
      transports: ['websocket'],
    })
    this.socket.on(namespace.slice(1), (message: Message) => this.heard.push(message))
  }

  last = (): Message | undefined => this.heard.at(-1)

  /** @throws after two seconds: everybody must see it within one (issue 3) */
  async hears(wanted: (message: Message) => boolean): Promise<Message> {
    const until = performance.now() + 5000
    for (;;) {
      const found = this.heard.find(wanted)
      if (found) return found
      if (performance.now() > until) throw new Error(`never heard; last: ${JSON.stringify(this.last())}`)
      await new Promise((done) => setTimeout(done, 10))
    }
  }

  refused = (): Promise<string> =>
    new Promise((done) => this.socket.once('connect_error', ({ message }) => done(message)))
}

describe('the queue’s speakers', function () {
  this.timeout(60_000)
  let app: TestApp
  let operator: StaffClient
  const listeners: Listener[] = []
  const listen = (namespace: string, auth: object, cookie?: string, url = app.url) => {
    const listener = new Listener(url, namespace, { auth, ...(cookie && { cookie }) })
    listeners.push(listener)
    return listener
  }
  const draw = async () => (await operator.post('/sites/legnano/walk-ins', { service: 'accesso-diretto' })).body.ticket
  before(async () => {
    app = await startApp(SQLITE, { now: at('08:30') })
    operator = await signedIn(app)
  })
  after(async () => {
    for (const { socket } of listeners) socket.close()
    await app.close()
  })

  it('tell a display the whole board on connection, and after each change of its site alone (case I07)', async () => {
    const [screen, other] = [listen('/board', { site: 'legnano' }), listen('/board', { site: 'magenta' })]
    const first = await screen.hears(() => true)
    expect(first).to.have.all.keys('site', 'version', 'at', 'calls', 'waiting')
    await other.hears(() => true)
    await draw()
    await operator.post('/counters/legnano-1/open')
    await operator.post('/counters/legnano-1/next')
    const { version } = (await app.api.get('/sites/legnano/board')).body
    const last = await screen.hears((board) => board.version === version)
    expect(last.calls[0]?.number).to.equal('D001')
    expect(last).to.deep.equal((await app.api.get('/sites/legnano/board')).body)
    expect(other.heard).to.have.length(1)
  })

  it('case I01: two calls within 200 ms are both on the board, in order, and versions only grow', async () => {
    const screen = listen('/board', { site: 'legnano' })
    await screen.hears(() => true)
    await Promise.all([draw(), draw(), operator.post('/counters/legnano-2/open')])
    await Promise.all([operator.post('/counters/legnano-2/next'), operator.post('/counters/legnano-1/next')])
    const { version } = (await app.api.get('/sites/legnano/board')).body
    const last = await screen.hears((board) => board.version >= version)
    expect(last.calls.length).to.be.at.least(2)
    const versions = screen.heard.map((board) => board.version)
    expect(versions).to.deep.equal([...versions].sort((a, b) => a - b))
  })

  it('tell what was rolled back to nobody (T34)', async () => {
    const screen = listen('/board', { site: 'legnano' })
    const { version } = await screen.hears(() => true)
    const walkIn = {
      siteId: 'legnano',
      serviceId: 'accesso-diretto',
      newbornTaxCode: null,
      isSenior: false,
      urgent: null,
      override: null,
      who: 'x',
    }
    const failed = app.unitOfWork.run(async (tx) => {
      await app.queue.issueTicket(tx, walkIn)
      throw new Error('the power fails')
    })
    await failed.catch(() => undefined)
    await new Promise((done) => setTimeout(done, 300))
    expect(screen.last()?.version).to.equal(version)
  })

  it('hint consoles of staff of the site, and nobody else', async () => {
    const console = listen('/queue', { site: 'legnano' }, operator.cookie)
    expect(await listen('/queue', { site: 'legnano' }).refused()).to.equal('forbidden')
    expect(await listen('/queue', { site: 'magenta' }, operator.cookie).refused()).to.equal('forbidden')
    if (!console.socket.connected) await new Promise<void>((done) => console.socket.once('connect', done))
    await draw()
    const { version } = (await app.api.get('/sites/legnano/board')).body
    expect(await console.hears((hint) => hint.version === version)).to.deep.equal({ version })
  })

  it('tell a phone its turn, and how the wait goes', async () => {
    const ticket = await draw()
    const phone = listen('/ticket', { token: ticket.token })
    expect((await phone.hears(() => true)).status).to.equal('waiting')
    await operator.post(`/tickets/${ticket.id}/call`, { counter: 'legnano-1', reason: 'febbre' })
    expect(await phone.hears(({ status }) => status === 'called')).to.include({
      counter: 'legnano-1',
      counterName: '1',
    })
    await operator.post(`/tickets/${ticket.id}/done`)
    await phone.hears(({ status }) => status === 'done')
    for (const token of ['x'.repeat(43), 'short', undefined]) {
      expect(await listen('/ticket', { token }).refused()).to.equal('unknown-ticket')
    }
  })

  it('tell displays of the new day, though nobody pressed anything (B1)', async () => {
    const screen = listen('/board', { site: 'legnano' })
    const { version, calls } = await screen.hears(() => true)
    expect(calls).not.to.deep.equal([])
    app.clock.set(at('00:00', '2026-11-25'))
    await app.jobs.runAll()
    const next = await screen.hears((board) => board.version > version)
    expect([next.version, next.calls]).to.deep.equal([version + 1, []])
    app.clock.set(at('08:30'))
  })

  it('refuse a display without a site, or of one that is not there', async () => {
    for (const site of [undefined, 'atlantide', { $ne: 1 }])
      expect(await listen('/board', { site }).refused()).to.equal('unknown-site')
  })
})

describeWith('Redis', 'two instances', () => {
  describeWith('MariaDB', 'with one database', () => {
    it('I11: a call on one reaches displays and phones of the other, at the same version', async function () {
      this.timeout(60_000)
      const settings = { REDIS_URL: (await sharedRedis()).url }
      const one = await startApp(MARIADB, { now: at('08:30'), settings })
      const two = await startApp(MARIADB, { now: at('08:30'), settings, database: one.database })
      const operator = await signedIn(one)
      const { ticket } = (await operator.post('/sites/legnano/walk-ins', { service: 'accesso-diretto' })).body
      const screen = new Listener(two.url, '/board', { auth: { site: 'legnano' } })
      const phone = new Listener(two.url, '/ticket', { auth: { token: ticket.token } })
      await Promise.all([screen.hears(() => true), phone.hears(() => true)])
      await operator.post('/counters/legnano-1/open')
      await operator.post('/counters/legnano-1/next')
      await screen.hears(({ calls }) => calls[0]?.number === 'D001')
      await phone.hears(({ status }) => status === 'called')
      const boards = await Promise.all([one, two].map(async ({ api }) => (await api.get('/sites/legnano/board')).body))
      expect(boards[0]).to.deep.equal(boards[1])
      for (const { socket } of [screen, phone]) socket.close()
      await two.close()
      await one.close()
    })
  })
})
