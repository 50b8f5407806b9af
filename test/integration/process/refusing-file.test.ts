import { execFileSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect } from 'chai'
import { ApiClient } from '../../support/client.js'
import { bodyOf } from '../../support/crowd.js'
import { AppProcess } from '../../support/process.js'
import { findProgram } from '../../support/programs.js'
import { sleep } from '../../support/servers.js'

const DEMO = { DEMO_CLOCK: '2026-11-23T09:00:00+01:00', RATE_LIMITS: 'off' }

describe('an SQLite file that takes no writing', function (this: Mocha.Suite) {
  this.timeout(60_000)
  let app: AppProcess
  let file: string
  before(async () => {
    app = await AppProcess.create({ env: DEMO })
    await app.start()
    file = join(app.env['DATA_DIR'] as string, 'turno.sqlite')
  })
  after(() => app.remove())

  const timed = async (path: string) => {
    const startedMs = performance.now()
    const { status } = await fetch(app.url + path)
    return { status, ms: performance.now() - startedMs }
  }
  let person = 0
  const book = async () => {
    const startedMs = performance.now()
    const start = `2026-11-2${4 + (person % 3)}T0${8 + Math.floor((person % 6) / 3)}:30:00+01:00`
    const { status, headers } = await new ApiClient(app.url).post('/bookings', bodyOf(person++, { start }))
    const refused = status === 503 ? `, after ${headers.get('retry-after')} s` : ''
    return { said: `${status}${refused}`, ms: performance.now() - startedMs }
  }
  const untilReady = async () => {
    for (let tries = 0; tries < 150 && (await timed('/readyz')).status !== 200; tries++) await sleep(100)
  }

  it('T55: another process writes for long: pages and health check go on, bookings are told to come again', async () => {
    const stranger = new Database(file)
    stranger.exec('BEGIN IMMEDIATE')
    try {
      const waiting = [book(), book()]
      for (let round = 0; round < 10; round++) {
        const health = await timed('/healthz')
        expect([health.status, health.ms < 1000], `${health.ms} ms`).to.deep.equal([200, true])
        expect((await timed('/api/v1/sites/legnano/board')).status).to.equal(200)
        await sleep(100)
      }
      const readiness = await timed('/readyz')
      expect([readiness.status, readiness.ms < 2500], `${readiness.ms} ms`).to.deep.equal([503, true])
      for (const { said, ms } of await Promise.all(waiting)) {
        expect(said).to.equal('503, after 2 s')
        expect(ms).to.be.below(5000)
      }
    } finally {
      stranger.exec('ROLLBACK')
      stranger.close()
    }
    expect((await book()).said).to.equal('201')
    await untilReady()
    expect((await timed('/readyz')).status).to.equal(200)
  })

  it('who only waits a moment for it is served', async () => {
    const stranger = new Database(file)
    stranger.exec('BEGIN IMMEDIATE')
    const waiting = book()
    await sleep(500)
    stranger.exec('ROLLBACK')
    stranger.close()
    expect((await waiting).said).to.equal('201')
  })

  it('a full disk is 503 with Retry-After, /readyz says so, reads go on, and it comes back by itself', async function () {
    // The files may not grow any more: as on a full disk, but for this process alone.
    const prlimit = findProgram('prlimit')
    if (prlimit === null) this.skip()
    const limit = (bytes: string) => execFileSync(prlimit, [`--pid=${app.pid}`, `--fsize=${bytes}`])
    limit(`${statSync(`${file}-wal`).size}:unlimited`)
    try {
      expect((await book()).said).to.equal('503, after 2 s')
      await sleep(1100)
      const readiness = await timed('/readyz')
      expect([readiness.status, readiness.ms < 2500]).to.deep.equal([503, true])
      expect((await timed('/api/v1/sites')).status).to.equal(200)
    } finally {
      limit('unlimited:unlimited')
    }
    expect((await book()).said).to.equal('201')
    await untilReady()
    expect((await timed('/readyz')).status).to.equal(200)
    expect(app.output).not.to.match(/unexpected error|uncaughtException/)
  })
})
