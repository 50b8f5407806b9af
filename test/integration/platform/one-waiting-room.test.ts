import { randomBytes } from 'node:crypto'
import { expect } from 'chai'
import { io, type Socket } from 'socket.io-client'
import { BookingEntity, mailedToken } from '../../../src/bookings/index.js'
import { startApp, type TestApp } from '../../support/app.js'
import { at, bodyOf } from '../../support/crowd.js'
import { SQLITE } from '../../support/engines.js'
import { signedIn, type StaffClient } from '../../support/staff.js'

const PHONES = 250

const outcome = (socket: Socket): Promise<string> =>
  new Promise((done) => {
    socket.once('connect', () => done('in'))
    socket.once('connect_error', ({ message }) => done(message))
  })

const invented = () => randomBytes(32).toString('base64url')

describe('one waiting room behind one address (X1, case K12)', () => {
  let app: TestApp
  let operator: StaffClient
  const tokens: string[] = []
  before(async function () {
    this.timeout(60_000)
    app = await startApp(SQLITE, {
      now: '2026-11-24T09:00:00+01:00',
      settings: { RATE_LIMITS: 'on', TRUST_PROXY: '1' },
    })
    operator = await signedIn(app)
    for (let n = 0; n < PHONES; n++) {
      const { status, body } = await operator.post('/sites/legnano/walk-ins', { service: 'accesso-diretto' })
      expect(status).to.equal(201)
      tokens.push(body.ticket.token)
    }
  })
  after(() => app.close())

  const status = async (path: string, from = '203.0.113.5', headers: Record<string, string> = {}) =>
    (await fetch(app.url + path, { headers: { accept: 'text/html', 'x-forwarded-for': from, ...headers } })).status
  const all = async (paths: string[], from?: string, headers?: Record<string, string>) => {
    const statuses: number[] = []
    for (let at = 0; at < paths.length; at += 8)
      statuses.push(...(await Promise.all(paths.slice(at, at + 8).map((path) => status(path, from, headers)))))
    return statuses
  }

  it('250 phones that reload twice in a minute: nobody is refused, not even the first time', async function () {
    this.timeout(60_000)
    for (let round = 0; round < 2; round++) {
      const paths = tokens.flatMap((token) => [`/numero/${token}`, `/api/v1/tickets/${token}`])
      expect(new Set(await all(paths))).to.deep.equal(new Set([200]))
    }
  })

  it('guests who use up what the address may read hinder no display, kiosk, phone or colleague', async function () {
    this.timeout(60_000)
    const { code } = (await app.api.post('/bookings', bodyOf(1, { start: at('11:00', '2026-11-25') }))).body.booking
    const booking = await app.database.dataSource.manager.findOneByOrFail(BookingEntity, { code })
    const mailed = `/prenotazione/${mailedToken(app.secrets, booking)}`
    expect(await status(mailed)).to.equal(200)
    const reads = await all(Array.from({ length: 320 }, () => '/api/v1/sites'))
    expect(reads.filter((each) => each === 429).length).to.be.at.least(20)
    const others = ['/display/legnano', '/kiosk/legnano', '/api/v1/sites/legnano/board', '/api/v1/sites/legnano/screen']
    expect(await all([...others, `/numero/${tokens[0]}`, mailed])).to.deep.equal([200, 200, 200, 200, 200, 200])
    const cookie = { cookie: operator.cookie }
    expect(await status('/operatore', undefined, cookie)).to.equal(200)
    expect(await status('/api/v1/sites/legnano/queue', undefined, cookie)).to.equal(200)
    expect(await status('/api/v1/sites')).to.equal(429)
  })

  it('who invents a link, a session or a device gets no count of their own, and hinders those who have one no more', async function () {
    this.timeout(60_000)
    let refused = 0
    // A minute of the count may end in between, and it begins anew.
    for (let round = 0; round < 6 && refused < 50; round++) {
      const links = await all(Array.from({ length: 330 }, () => `/api/v1/tickets/${invented()}`))
      const sessions = await Promise.all(
        Array.from({ length: 330 }, () => status('/api/v1/sites', undefined, { cookie: `staff=${invented()}` })),
      )
      refused += [...links, ...sessions].filter((each) => each === 429).length
    }
    expect(refused).to.be.at.least(50)
    expect(await status(`/numero/${tokens[1]}`)).to.equal(200)
    expect(await status('/operatore', undefined, { cookie: operator.cookie })).to.equal(200)
  })

  it('one who has proven to be somebody is counted too', async function () {
    this.timeout(60_000)
    const many = await all(Array.from({ length: 620 }, () => `/api/v1/tickets/${tokens[2]}`))
    expect(many.at(-1)).to.equal(429)
    expect(await status(`/api/v1/tickets/${tokens[3]}`)).to.equal(200)
  })

  it('T23: the address is the one that our proxy saw, whatever a client writes before it', async () => {
    const mine = await all(
      Array.from({ length: 310 }, () => '/api/v1/sites'),
      '198.51.100.1, 198.51.100.77',
    )
    expect(mine.at(-1)).to.equal(429)
    expect(await status('/api/v1/sites', '192.0.2.200, 198.51.100.77')).to.equal(429)
    expect(await status('/api/v1/sites', '198.51.100.77, 198.51.100.78')).to.equal(200)
  })

  it('T57: 250 phones and ten displays, back twice after a restart: every socket is let in', async function () {
    this.timeout(60_000)
    for (let round = 0; round < 3; round++) {
      const rooms = [
        ...tokens.map((token) => ['/ticket', { token }]),
        ...Array(10).fill(['/board', { site: 'legnano' }]),
      ]
      const sockets = rooms.map(([namespace, auth]) =>
        io(app.url + namespace, {
          auth,
          extraHeaders: { 'x-forwarded-for': '203.0.113.5' },
          transports: ['websocket'],
          reconnection: false,
          forceNew: true,
          timeout: 50_000,
        }),
      )
      const outcomes = await Promise.all(sockets.map(outcome))
      for (const socket of sockets) socket.close()
      expect(outcomes.filter((each) => each !== 'in')).to.deep.equal([])
    }
  })
})
