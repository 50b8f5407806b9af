import { expect } from 'chai'
import { io, type Socket } from 'socket.io-client'
import { admitStaff } from '../../../src/staff/index.js'
import { startApp, type TestApp } from '../../support/app.js'
import { SQLITE } from '../../support/engines.js'
import { signedIn, type StaffClient } from '../../support/staff.js'

describe('a namespace for staff (A1, T32)', () => {
  let app: TestApp
  let operator: StaffClient
  const sockets: Socket[] = []
  before(async () => {
    app = await startApp(SQLITE)
    operator = await signedIn(app)
    admitStaff(app.io.of('/desk'), { authenticate: app.staff.authenticate, events: app.events, action: 'queue:see' })
  })
  after(async () => {
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
