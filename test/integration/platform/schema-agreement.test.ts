import { expect } from 'chai'
import { Origins1764000000015 } from '../../../migrations/0015-origins.js'
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

describe('entities and migrations', () => {
  forEachEngine((engine) => {
    let database: TestDatabase
    beforeEach(async () => {
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

    it('agree to the last column and index (stack.md 7)', async () => expect(await drift()).to.deep.equal([]))

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
      await forget('Seat', 'Bookings', 'Origins')
      expect(await migrate(database.dataSource)).to.have.length(5)
      expect(await drift()).to.deep.equal([])
    })

    it('T15: from 0006 on they run again after a crash between any two steps, and all is as if there had been none', async function () {
      this.timeout(120_000)
      const { dataSource } = database
      const query = <T>(sql: string) => dataSource.query<T[]>(sql)
      const listed = isSqlite(dataSource) ? "SELECT name FROM sqlite_master WHERE type = 'table'" : 'SHOW TABLES'
      const tables = async () => (await query<object>(listed)).map((row) => Object.values(row)[0] as string)
      const offers = () => query<object>('SELECT * FROM site_service ORDER BY site_id, service_id')
      const columns = async () => Object.keys((await offers())[0] ?? {})
      await database.unitOfWork.run(({ em }) => new SiteStore(em).addAll(exampleSites()))
      const later = migrations.slice(5)
      for (const _ of later) await dataSource.undoLastMigration()
      const [oldTables, oldColumns] = [await tables(), await columns()]
      /** What `down` does, quicker. */
      const back = async () => {
        for (const name of await tables()) if (!oldTables.includes(name)) await query(`DROP TABLE ${name}`)
        for (const name of await columns())
          if (!oldColumns.includes(name)) await query(`ALTER TABLE site_service DROP COLUMN ${name}`)
        await query('ALTER TABLE taken_seats DROP COLUMN changes')
        // InnoDB keeps a place for each column that was dropped; a whole row is no longer than a page.
        if (!isSqlite(dataSource)) await query('ALTER TABLE site_service FORCE')
        await forget(...later.map(({ name }) => name))
      }
      expect(await migrate(dataSource)).to.have.length(later.length)
      const whole = await offers()
      expect(whole[0]).to.include({ walk_in_from: '08:30', walk_in_to: '12:30' })
      for (let steps = 1; ; steps++) {
        await back()
        if (!(await crashAfter(steps, dataSource, () => migrate(dataSource)))) return expect(steps).to.be.above(10)
        await migrate(dataSource)
        expect([steps, await drift(), await offers()]).to.deep.equal([steps, [], whole])
      }
    })

    it('T15: 0015 runs again after a crash between any two steps; bookings of before are confirmed since they were made', async function () {
      this.timeout(120_000)
      const { dataSource, unitOfWork } = database
      await unitOfWork.run((tx) => new BookingStore(tx.em).add(aBooking({ confirmedAt: null })))
      const back = async () => {
        const runner = dataSource.createQueryRunner()
        await new Origins1764000000015().down(runner)
        await runner.release()
        await forget('Origins')
      }
      for (let steps = 1; ; steps++) {
        await back()
        if (!(await crashAfter(steps, dataSource, () => migrate(dataSource)))) return expect(steps).to.be.above(10)
        await migrate(dataSource)
        const booking = await dataSource.manager.findOneByOrFail(BookingEntity, {})
        expect([steps, await drift(), booking.confirmedAt]).to.deep.equal([steps, [], booking.bookedAt])
      }
    })

    it('two instances that start together migrate once', async () => {
      const { url, dataDir } = database
      if (url === null) return // one process per file (T13)
      await database.dataSource.query('DROP TABLE booking')
      await forget('Bookings', 'Origins')
      const tables = { entities, migrations }
      const other = await openDatabase({ databaseUrl: url, dataDir, production: false }, tables, makeLog('silent'))
      const ran = await Promise.all([migrate(database.dataSource), migrate(other)])
      await other.destroy()
      expect(ran.flat()).to.have.length(2)
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
