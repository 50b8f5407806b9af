import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'chai'
import { createConnection } from 'mysql2/promise'
import { startApp, type TestApp } from '../../support/app.js'
import { at, bodyOf } from '../../support/crowd.js'
import { MARIADB } from '../../support/engines.js'
import { describeWith } from '../../support/needs.js'

const SITES = ['castano-primo', 'magenta', 'abbiategrasso']
const TIMES = ['08:30', '08:45', '09:00', '09:15', '09:30', '09:45', '10:00', '10:15', '10:30', '10:45']
const LOCKED_MS = 6000

interface Told {
  status: number
  ms: number
}

/** T54: somebody's open transaction on one row – a backup, a person at the server's prompt – is that row's trouble alone. */
describeWith('MariaDB', 'a row that a stranger holds', function (this: Mocha.Suite) {
  this.timeout(60_000)
  let app: TestApp
  before(async () => {
    app = await startApp(MARIADB)
  })
  after(() => app.close())

  const book = async (number: number, part: Record<string, unknown>): Promise<Told> => {
    const startedMs = performance.now()
    const { status } = await app.api.post('/bookings', bodyOf(number, part))
    return { status, ms: performance.now() - startedMs }
  }

  it('does not stop the other sites, and whoever wants it has an answer within 5 s', async () => {
    expect((await book(0, {})).status).to.equal(201)
    const stranger = await createConnection(app.database.url as string)
    await stranger.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED')
    await stranger.query('START TRANSACTION')
    for (const { tableName, columns } of app.database.dataSource.entityMetadatas)
      if (tableName.includes('seat') && columns.some(({ databaseName }) => databaseName === 'site_id'))
        await stranger.query(`SELECT * FROM ${tableName} WHERE site_id = 'legnano' FOR UPDATE`)
    const endMs = performance.now() + LOCKED_MS
    const [wanting, others]: Promise<Told>[][] = [[], []]
    for (let n = 1; performance.now() < endMs; n++) {
      // Two are enough to hold all ten places within half a second; more would measure this machine.
      for (let more = 0; more < 2; more++) wanting?.push(book(1000 + 2 * n + more, {}))
      const place = { site: SITES[n % 3], start: at(TIMES[n % 10] as string, n % 2 ? '2026-11-25' : '2026-11-26') }
      others?.push(book(n, place))
      await sleep(100)
    }
    const [hot, free] = [await Promise.all(wanting ?? []), await Promise.all(others ?? [])]
    await stranger.query('ROLLBACK')
    await stranger.end()
    const figures = `hot ${summary(hot)}; others ${summary(free)}`
    expect(statuses(hot), figures).to.deep.equal([503])
    expect(slowest(hot), figures).to.be.below(5000)
    expect(statuses(free), figures).to.deep.equal([201])
    expect(slowest(free), figures).to.be.below(5000)

    expect((await book(5000, {})).status).to.equal(201)
    const open = await app.database.dataSource.query<unknown[]>('SELECT * FROM information_schema.innodb_trx')
    expect(open).to.deep.equal([])
  })
})

const statuses = (told: Told[]) => [...new Set(told.map(({ status }) => status))]
const slowest = (told: Told[]) => Math.max(...told.map(({ ms }) => ms))
const summary = (told: Told[]) => {
  const sorted = told.map(({ ms }) => Math.round(ms)).sort((one, other) => one - other)
  const counts = statuses(told).map((status) => `${told.filter((one) => one.status === status).length} × ${status}`)
  return `${counts.join(', ')}, median ${sorted[sorted.length >> 1]} ms, slowest ${sorted.at(-1)} ms`
}
