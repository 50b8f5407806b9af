import { expect } from 'chai'
import { io } from 'socket.io-client'
import { ApiClient } from '../../support/client.js'
import { bodyOf, SERVICE } from '../../support/crowd.js'
import { MariaDb } from '../../support/mariadb.js'
import { describeWith } from '../../support/needs.js'
import { AppProcess } from '../../support/process.js'
import { sleep } from '../../support/servers.js'

const DEMO = { DEMO_CLOCK: '2026-11-23T09:00:00+01:00', RATE_LIMITS: 'off' }
/** Longer than any request may take. */
const FROZEN_MS = 11_000

/** T50: whoever comes back after the 503 ends nobody's process. */
describeWith('MariaDB', 'a database that hangs, and answers again later', function (this: Mocha.Suite) {
  this.timeout(90_000)
  let database: MariaDb
  let app: AppProcess
  before(async () => {
    database = await MariaDb.create()
    app = await AppProcess.create({ env: { ...DEMO, DATABASE_URL: await database.freshDatabaseUrl() } })
    await app.start()
  })
  after(async () => {
    database.thaw()
    await app.remove()
    await database.remove()
  })

  const ask = async (path: string, init: RequestInit = {}) => {
    const startedMs = performance.now()
    const answer = await fetch(app.url + path, {
      redirect: 'manual',
      signal: AbortSignal.timeout(20_000),
      ...init,
      headers: { accept: 'text/html', ...init.headers },
    })
    const text = await answer.text()
    return { path, status: answer.status, text, ms: performance.now() - startedMs }
  }
  const form = (path: string, fields: Record<string, string>) =>
    ask(path, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })

  it('every page, call and socket has its answer within 10 s, and the process lives', async () => {
    const api = new ApiClient(app.url)
    const { body } = await api.post('/bookings', bodyOf(1))
    const manage = `/prenotazione/${body.booking.token}`
    database.freeze()
    const thawing = sleep(FROZEN_MS).then(() => database.thaw())
    const socket = io(`${app.url}/board`, { auth: { site: 'legnano' }, transports: ['websocket'], forceNew: true })
    const asked = [
      ask('/'),
      ask(manage),
      ask('/operatore'),
      ask('/operatore', { headers: { cookie: 'staff=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' } }),
      form('/operatore/accesso', { username: 'admin', password: 'not the password of anybody' }),
      ask(`/api/v1/bookings/${body.booking.token}`),
      ask(`/api/v1/bookings/${body.booking.token}/calendar.ics`),
      ask('/api/v1/sites/legnano/board'),
      ask(`/api/v1/sites/legnano/services/${SERVICE}/slots?date=2026-11-24`),
      ask('/api/v1/session', { headers: { cookie: 'staff=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' } }),
      ask('/api/v1/bookings', {
        method: 'POST',
        body: JSON.stringify(bodyOf(2)),
        headers: { 'content-type': 'application/json', 'idempotency-key': 'frozen' },
      }),
      ...Array.from({ length: 30 }, () => ask('/')),
    ]
    const answers = await Promise.all(asked)
    for (const { path, status, text, ms } of answers) {
      expect(status, path).to.be.oneOf([200, 303, 302, 403, 404, 503])
      expect(ms, path).to.be.below(10_000)
      if (path.startsWith('/api/v1/bookings')) expect(status, path).to.equal(503)
      if (status === 503 && !path.startsWith('/api')) expect(text).to.include('</html>')
    }
    expect(answers.filter(({ status }) => status === 503).length).to.be.above(5)
    await thawing
    await sleep(2500)
    expect((await ask('/healthz')).status, app.output.slice(-3000)).to.equal(200)
    expect(app.output).not.to.match(/uncaughtException|unhandledRejection|ERR_HTTP_HEADERS_SENT/)
    expect((await ask(manage)).status).to.equal(200)
    expect(socket.connected).to.equal(true)
    socket.close()
    const again = await api.post('/bookings', bodyOf(2), { 'idempotency-key': 'frozen' })
    expect(again.status).to.equal(201)
  })
})
