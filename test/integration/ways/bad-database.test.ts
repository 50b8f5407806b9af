import { expect } from 'chai'
import { startApp, type TestApp } from '../../support/app.js'
import { openTestDatabase, type TestDatabase } from '../../support/database.js'
import { MariaDb } from '../../support/mariadb.js'
import { describeWith } from '../../support/needs.js'
import { sleep } from '../../support/servers.js'
import { type Call, callsOf } from './calls.js'

interface Said {
  name: string
  status: number
  retryAfter: number
  ms: number
}

/** So many at once as wait before the door lets nobody in any more. */
const AT_ONCE = 24

/** Reads that leave a record of who looked. */
const AUDITED = ['GET /api/v1/sites/:site/visits']

/** contract.md: a database that hangs, or takes no writing, is a 503 with Retry-After on every way, within 10 s, never a 500. */
describeWith('MariaDB', 'every way, while the database does not do its work (T50, T51)', function (this: Mocha.Suite) {
  this.timeout(240_000)
  let server: MariaDb
  let database: TestDatabase
  let app: TestApp
  let calls: Call[]
  before(async () => {
    server = await MariaDb.create()
    await server.execute('CREATE DATABASE turno_plain')
    // Who may do everything may write where nobody may.
    await server.execute("CREATE USER plain@'127.0.0.1' IDENTIFIED BY 'plain'")
    await server.execute("GRANT ALL ON turno_plain.* TO plain@'127.0.0.1'")
    const url = server.url('turno_plain').replace('app:app', 'plain:plain')
    database = await openTestDatabase({ name: 'mariadb', freshUrl: () => Promise.resolve(url) })
    app = await startApp({ name: 'mariadb', freshUrl: () => Promise.resolve(url) }, { database })
    calls = await callsOf(app)
  })
  after(async () => {
    server.thaw()
    await app.close()
    await database.close()
    await server.remove()
  })

  const ask = async ({ name, url, init }: Call): Promise<Said> => {
    const startedMs = performance.now()
    const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(30_000) })
    await answer.arrayBuffer()
    const retryAfter = Number(answer.headers.get('retry-after') ?? 0)
    return { name, status: answer.status, retryAfter, ms: performance.now() - startedMs }
  }
  const askAll = async (which: readonly Call[]): Promise<Said[]> => {
    const said: Said[] = []
    for (let from = 0; from < which.length; from += AT_ONCE)
      said.push(...(await Promise.all(which.slice(from, from + AT_ONCE).map(ask))))
    return said
  }
  const judge = ({ name, status, retryAfter, ms }: Said) => {
    const what = `${name}: ${status} after ${Math.round(ms)} ms`
    expect(status === 503 || status < 500, what).to.equal(true)
    if (status === 503) expect(retryAfter, what).to.be.within(1, 10)
    expect(ms, what).to.be.below(10_000)
  }
  const comesBack = async () => {
    for (let tries = 0; tries < 100 && (await fetch(`${app.url}/readyz`)).status !== 200; tries++) await sleep(100)
    expect((await app.api.get('/sites')).status).to.equal(200)
  }

  it('one that takes no writing: what writes is told to come again, what reads goes on', async () => {
    // Each session has been at rest for long enough that a request would be noted.
    app.clock.advanceMinutes(1)
    await server.execute('SET GLOBAL read_only = 1')
    try {
      const said = await askAll(calls.filter(({ name }) => !name.startsWith('GET /readyz')))
      said.forEach(judge)
      const reads = said.filter(({ name, status }) => name.startsWith('GET ') && status === 503)
      expect(reads.map(({ name }) => name)).to.deep.equal(AUDITED)
      const refused = said.filter(({ status }) => status === 503).map(({ name }) => name)
      expect(refused, JSON.stringify(said)).to.include.members(['POST /api/v1/holds', 'POST /api/v1/bookings'])
      expect(refused.length, JSON.stringify(said)).to.be.above(20)
    } finally {
      await server.execute('SET GLOBAL read_only = 0')
    }
    await comesBack()
  })

  it('one that hangs: who needs it is told to come again, within ten seconds', async () => {
    server.freeze()
    try {
      const said = await askAll(calls)
      said.forEach(judge)
      const refused = said.filter(({ status }) => status === 503).length
      expect(refused, JSON.stringify(said)).to.be.above(0.6 * calls.length)
    } finally {
      server.thaw()
    }
    await comesBack()
  })
})
