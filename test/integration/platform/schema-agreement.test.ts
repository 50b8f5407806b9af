import { expect } from 'chai'
import type { DataSource } from 'typeorm'
import { migrations } from '../../../migrations/index.js'
import { BookingEntity, BookingStore } from '../../../src/bookings/index.js'
import { entities } from '../../../src/entities.js'
import { openDatabase } from '../../../src/platform/db/data-source.js'
import { isSqlite } from '../../../src/platform/db/engine.js'
import { migrate } from '../../../src/platform/db/migrate.js'
import { makeLog } from '../../../src/platform/log.js'
import { TakenSeatsEntity } from '../../../src/seats/index.js'
import { exampleSites, SiteStore } from '../../../src/sites/index.js'
import { aBooking } from '../../support/builders.js'
import { crashAfter } from '../../support/crash-after.js'
import { openTestDatabase, type TestDatabase } from '../../support/database.js'
import { forEachEngine } from '../../support/engines.js'

/** The first that can be run again after any step: 0006. */
const FIRST = 5

/**
 * Of InnoDB's page, as it counts before it takes a column: a text that may be longer than 255 bytes lies elsewhere, but for
 * 40 bytes. (MariaDB's own limit, 65,535 bytes with all texts at their longest, is further away.)
 */
const ROW_BYTES = `SELECT table_name AS name, SUM(CASE
    WHEN data_type = 'text' OR character_octet_length > 255 THEN 42
    WHEN character_octet_length IS NOT NULL THEN character_octet_length + 1
    ELSE 8 END) AS bytes
  FROM information_schema.columns WHERE table_schema = DATABASE() GROUP BY table_name`

/** What a database has learned to be: its tables to the last letter, and what is in those that migrations fill. */
async function likeness(dataSource: DataSource): Promise<unknown> {
  const query = <T>(sql: string) => dataSource.query<T[]>(sql)
  const rows = [
    await query('SELECT * FROM site_service ORDER BY site_id, service_id'),
    await query('SELECT * FROM booking'),
  ]
  if (isSqlite(dataSource)) {
    const parts = await query<{ sql: string | null }>('SELECT name, sql FROM sqlite_master ORDER BY name')
    // TypeORM makes the table anew for each change, and puts another pair of brackets around its check.
    return [parts.map((part) => ({ ...part, sql: part.sql?.replace(/(\(|\))+/g, '$1') })), rows]
  }
  const names = (await query<object>('SHOW TABLES')).map((row) => Object.values(row)[0] as string)
  const tables: object[] = []
  for (const name of names) tables.push(...(await query<object>(`SHOW CREATE TABLE ${name}`)))
  return [JSON.stringify(tables).replace(/ AUTO_INCREMENT=\d+/g, ''), rows]
}

const hasTable = async (dataSource: DataSource, name: string): Promise<boolean> =>
  (await dataSource.query<object[]>(`SHOW TABLES LIKE '${name}'`)).length > 0

/** Runs one migration, the next, with a crash after each of its steps, and leaves it run. @returns how many steps that were */
async function crashEverywhere(dataSource: DataSource, name: string): Promise<number> {
  const all = dataSource.migrations
  const upTo = { migrations: all.slice(0, 1 + all.findIndex((migration) => migration.constructor.name === name)) }
  const next = Object.create(dataSource, Object.getOwnPropertyDescriptors(upTo)) as DataSource
  const run = () => migrate(next)
  expect(await run()).to.deep.equal([name])
  const whole = await likeness(dataSource)
  for (let steps = 1; ; steps++) {
    await next.undoLastMigration()
    // InnoDB keeps a place for each column that was dropped; a whole row is no longer than a page.
    if (!isSqlite(dataSource))
      for (const table of ['site_service', 'booking', 'outbox', 'ticket', 'counter'])
        if (await hasTable(dataSource, table)) await dataSource.query(`ALTER TABLE ${table} FORCE`)
    if (!(await crashAfter(steps, dataSource, run))) return steps - 1
    await run()
    expect([name, steps, await likeness(dataSource)]).to.deep.equal([name, steps, whole])
  }
}

describe('entities and migrations', () => {
  forEachEngine((engine) => {
    let database: TestDatabase
    beforeEach(async function () {
      this.timeout(60_000) // the first starts the server
      database = await openTestDatabase(engine)
    })
    afterEach(() => database.close())

    const drift = async () => {
      const { upQueries } = await database.dataSource.driver.createSchemaBuilder().log()
      return upQueries.map(({ query }) => query)
    }
    const forget = async (...names: string[]) => {
      const which = names.map((name) => `name LIKE '${name}%'`).join(' OR ')
      await database.dataSource.query(`DELETE FROM migrations WHERE ${which}`)
    }

    it('agree to the last column and index', async () => expect(await drift()).to.deep.equal([]))

    it('the agreement is looked at: a column or an index too many is found', async () => {
      await database.dataSource.query('ALTER TABLE booking ADD COLUMN extra integer NULL')
      expect((await drift()).join()).to.match(/extra|booking/)
    })

    it('a second start finds nothing to do', async () => expect(await migrate(database.dataSource)).to.deep.equal([]))

    it('T15: migrations run again after a crash that lost the note of them, and after one in the middle', async () => {
      await forget('')
      expect(await migrate(database.dataSource)).to.have.length(migrations.length)
      await database.dataSource.query('DROP TABLE seat_claim')
      await database.dataSource.query('DROP TABLE booking')
      await forget('Seat', 'Bookings', 'Origins', 'LinksMadeAnew', 'BookedMatter')
      expect(await migrate(database.dataSource)).to.have.length(7)
      expect(await drift()).to.deep.equal([])
    })

    it('T15: each from 0006 on runs again after a crash between any two of its steps, as if there had been none', async function () {
      this.timeout(300_000)
      const { dataSource, unitOfWork } = database
      await unitOfWork.run(async ({ em }) => {
        await new SiteStore(em).addAll(exampleSites())
        await new BookingStore(em).add(aBooking({ confirmedAt: null }))
      })
      for (const _ of migrations.slice(FIRST)) await dataSource.undoLastMigration()
      const crashes: number[] = []
      for (let last = FIRST; last < migrations.length; last++)
        crashes.push(await crashEverywhere(dataSource, migrations[last]?.name ?? ''))
      // One step for each table, column, index and note at least; on SQLite a crash takes the whole migration back.
      expect(Math.min(...crashes)).to.be.above(0)
      expect(crashes.reduce((all, count) => all + count)).to.be.above(60)
      expect(await drift()).to.deep.equal([])
      const [offer] = await dataSource.query<object[]>('SELECT * FROM site_service ORDER BY site_id, service_id')
      expect(offer).to.include({ walk_in_from: '08:30', walk_in_to: '12:30' })
      const booking = await dataSource.manager.findOneByOrFail(BookingEntity, {})
      expect(booking.confirmedAt, 'bookings of before are confirmed since they were made').to.deep.equal(
        booking.bookedAt,
      )
    })

    it('no table has used up half of what a row may be long', async () => {
      if (isSqlite(database.dataSource)) return // knows no such limit
      const used = await database.dataSource.query<{ name: string; bytes: string }[]>(ROW_BYTES)
      expect(used).to.have.length.above(20)
      for (const { name, bytes } of used) expect(Number(bytes), name).to.be.below(8126 / 2)
    })

    it('two instances that start together migrate once', async () => {
      const { url, dataDir } = database
      if (url === null) return // one process per file (T13)
      await database.dataSource.query('DROP TABLE booking')
      await forget('Bookings', 'Origins', 'LinksMadeAnew', 'BookedMatter')
      const tables = { entities, migrations }
      const other = await openDatabase({ databaseUrl: url, dataDir, production: false }, tables, makeLog('silent'))
      const ran = await Promise.all([migrate(database.dataSource), migrate(other)])
      await other.destroy()
      expect(ran.flat()).to.have.length(4)
      expect(await drift()).to.deep.equal([])
    })

    it('an instance that was killed while it changed the tables is waited for, then another goes on', async function () {
      const { url, dataSource } = database
      if (url === null) return // one process per file (T13)
      this.timeout(30_000)
      await dataSource.query("UPDATE migration_lease SET holder = 'killed' WHERE id = 1")
      const startedMs = performance.now()
      expect(await migrate(dataSource)).to.deep.equal([])
      expect(performance.now() - startedMs).to.be.within(8000, 20_000)
      expect(await dataSource.query('SELECT id, holder FROM migration_lease')).to.deep.equal([{ id: 1, holder: null }])
    })

    it('E07: the table itself refuses a negative count (I2)', async () => {
      const row = { siteId: 'legnano', calendarId: 'c', startsAt: new Date(0), endsAt: new Date(1), taken: -1 }
      const added = database.unitOfWork.run(({ em }) => em.insert(TakenSeatsEntity, row))
      const error = await added.then(
        () => null,
        (reason: { driverError: { errno?: number; code?: string } }) => reason.driverError,
      )
      expect(error?.errno === 4025 || error?.code === 'SQLITE_CONSTRAINT_CHECK').to.equal(true)
    })

    it('T16: names in any script come back as they went in, and case and accents tell them apart', async () => {
      const names = ['José', 'JOSE', 'Jose', 'josé', '𝒜lma 🙂', 'Łukasz', '李小龙']
      await database.unitOfWork.run(async ({ em }) => {
        for (const siteId of names)
          await em.insert(TakenSeatsEntity, {
            siteId,
            calendarId: 'c',
            startsAt: new Date(0),
            endsAt: new Date(1),
            taken: 1,
          })
      })
      const rows = await database.dataSource.manager.find(TakenSeatsEntity)
      expect(rows.map(({ siteId }) => siteId)).to.have.members(names)
      for (const siteId of names)
        expect(await database.dataSource.manager.countBy(TakenSeatsEntity, { siteId }), siteId).to.equal(1)
    })

    it('T08: instants keep their milliseconds and both autumn hours, whatever TZ says', async () => {
      const instants = ['2026-10-25T00:30:00.123Z', '2026-10-25T01:30:00.123Z', '2026-03-29T01:00:00.999Z'].map(
        (text) => new Date(text),
      )
      await database.unitOfWork.run(async ({ em }) => {
        for (const startsAt of instants)
          await em.insert(TakenSeatsEntity, { siteId: 's', calendarId: 'c', startsAt, endsAt: startsAt, taken: 1 })
      })
      const rows = await database.dataSource.manager.find(TakenSeatsEntity)
      expect(rows.map(({ startsAt }) => startsAt.toISOString())).to.have.members(
        instants.map((instant) => instant.toISOString()),
      )
    })
  })
})
