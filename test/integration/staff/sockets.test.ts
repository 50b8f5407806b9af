import { expect } from 'chai'
import { io, type Socket } from 'socket.io-client'
import { admitStaff } from '../../../src/access/index.js'
import { startApp, type TestApp } from '../../support/app.js'
import { forEachEngine, SQLITE } from '../../support/engines.js'
import { signedIn, type StaffClient } from '../../support/staff.js'

describe('a namespace for staff (A1, T32)', () => {
  let app: TestApp
  let operator: StaffClient
  let stop: () => void
  const sockets: Socket[] = []
  before(async () => {
    app = await startApp(SQLITE)
    operator = await signedIn(app)
    stop = admitStaff(app.io.of('/desk'), {
      authenticate: app.staff.authenticate,
      events: app.events,
      action: 'queue:see',
    })
  })
  after(async () => {
    stop()
    for (const socket of sockets) socket.close()
    await app.close()
  })
  const open = (cookie: string, site: unknown, origin?: string): Socket => {
    const headers = { ...(cookie !== '' && { cookie }), ...(origin && { origin }) }
    const options = {
      auth: { site },
      extraHeaders: headers,
      reconnection: false,
      forceNew: true,
      transports: ['websocket'],
    }
    const socket = io(`${app.url}/desk`, options)
    sockets.push(socket)
    return socket
  }
  const once = (socket: Socket, event: 'connect' | 'disconnect'): Promise<unknown> =>
    new Promise((done) => socket.once(event, done))
  const outcome = (socket: Socket): Promise<string> =>
    new Promise((done) =>
      socket.once('connect', () => done('in')).once('connect_error', ({ message }) => done(message)),
    )

  it('lets in who may see the site’s queue', async () =>
    expect(await outcome(open(operator.cookie, 'legnano'))).to.equal('in'))

  it('lets in nobody without a session, for another site, or for no site', async () => {
    for (const [cookie, site] of [
      ['', 'legnano'],
      [`staff=${'A'.repeat(43)}`, 'legnano'],
      [operator.cookie, 'magenta'],
      [operator.cookie, undefined],
      [operator.cookie, { $ne: 1 }],
    ] as const) {
      expect(await outcome(open(cookie, site))).to.equal('forbidden')
    }
  })

  it('refuses pages of other origins, cookie or not', async () => {
    expect(await outcome(open(operator.cookie, 'legnano', 'https://evil.example'))).not.to.equal('in')
  })

  it('is closed at once when the role goes, and at sign-out', async () => {
    const admin = await signedIn(app, { role: 'admin' })
    const first = open(operator.cookie, 'legnano')
    await once(first, 'connect')
    await Promise.all([once(first, 'disconnect'), admin.patch('/staff/operator', { sites: ['magenta'] })])
    expect(await outcome(open(operator.cookie, 'legnano'))).to.equal('forbidden')
    const second = open(operator.cookie, 'magenta')
    await once(second, 'connect')
    await Promise.all([once(second, 'disconnect'), operator.delete('/session')])
  })
})

forEachEngine((engine) => {
  describe('a socket whose session ends by itself (A2, T32)', function () {
    this.timeout(60_000)
    let app: TestApp
    let stop: () => void
    const sockets: Socket[] = []
    beforeEach(async () => {
      app = await startApp(engine)
      const { authenticate } = app.staff
      stop = admitStaff(app.io.of('/asked'), { authenticate, events: app.events, action: 'queue:see', everyMs: 20 })
    })
    afterEach(async () => {
      stop()
      for (const socket of sockets.splice(0)) socket.close()
      await app.close()
    })

    const connected = async (namespace: string, { cookie }: StaffClient): Promise<Socket> => {
      const socket = io(app.url + namespace, {
        auth: { site: 'legnano' },
        extraHeaders: { cookie },
        reconnection: false,
        forceNew: true,
        transports: ['websocket'],
      })
      sockets.push(socket)
      await new Promise<void>((done, fail) => socket.once('connect', done).once('connect_error', fail))
      return socket
    }
    const pause = (ms: number) => new Promise((done) => setTimeout(done, ms))
    const minutes = async (count: number) => {
      app.clock.advanceMinutes(count)
      await app.jobs.runAll()
      await pause(150)
    }

    it('is closed after 30 minutes without a request; those who work stay', async () => {
      const [idle, busy] = [await signedIn(app), await signedIn(app, { username: 'busy' })]
      const [one, two] = [await connected('/queue', idle), await connected('/queue', busy)]
      await minutes(29)
      await busy.get('/sites/legnano/queue')
      expect([one.connected, two.connected]).to.deep.equal([true, true])
      await minutes(1)
      expect([one.connected, two.connected]).to.deep.equal([false, true])
    })

    it('is closed after 12 hours, however busy', async () => {
      const busy = await signedIn(app)
      const socket = await connected('/queue', busy)
      for (let quarters = 1; quarters < 48; quarters++) {
        app.clock.advanceMinutes(15)
        expect((await busy.get('/sites/legnano/queue')).status).to.equal(200)
      }
      await minutes(14)
      expect(socket.connected).to.equal(true)
      await minutes(1)
      expect(socket.connected).to.equal(false)
    })

    it('is asked again and again where no job ran, and neither that nor coming back counts as work', async () => {
      const idle = await signedIn(app)
      const first = await connected('/asked', idle)
      app.clock.advanceMinutes(20)
      const second = await connected('/asked', idle)
      await pause(150)
      expect([first.connected, second.connected]).to.deep.equal([true, true])
      app.clock.advanceMinutes(10)
      await pause(300)
      expect([first.connected, second.connected]).to.deep.equal([false, false])
    })
  })
})
