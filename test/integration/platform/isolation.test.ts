import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'chai'
import { DataSource } from 'typeorm'
import { JobRunEntity } from '../../../src/platform/jobs/job-run.entity.js'
import { sqliteFile } from '../../../src/platform/db/sqlite-file.js'
import { UnitOfWork } from '../../../src/platform/db/unit-of-work.js'
import type { Tx } from '../../../src/platform/db/tx.js'
import { openTestDatabase, type TestDatabase } from '../../support/database.js'
import { forEachEngine, SQLITE } from '../../support/engines.js'

const row = (job: string) => ({ job, dueAt: new Date('2026-11-24T08:00:00Z') })

/** The smallest write there is; what the tests of isolation do with a row. */
const add = async ({ em }: Pick<Tx, 'em'>, job: string): Promise<void> => {
  await em.createQueryBuilder().insert().into(JobRunEntity).values(row(job)).updateEntity(false).execute()
}

const jobsOf = async ({ dataSource }: { dataSource: DataSource }): Promise<string[]> =>
  (await dataSource.manager.find(JobRunEntity, { order: { job: 'ASC' } })).map(({ job }) => job)

/** A point where a test holds somebody up. */
function gate() {
  let open: () => void = () => undefined
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { opened, open }
}

const undone = new Error('undone on purpose')
const ignoreUndone = (error: unknown) => {
  if (error !== undone) throw error
}

describe('transactions of several callers (T01)', () => {
  forEachEngine((engine) => {
    let database: TestDatabase
    before(async () => {
      database = await openTestDatabase(engine)
    })
    beforeEach(() => database.clear())
    after(() => database.close())

    /** Runs A up to its middle, then `meanwhile`, then lets A end. */
    const whileOpen = async (ending: 'commits' | 'rolls back', meanwhile: () => Promise<void>): Promise<void> => {
      const [half, go] = [gate(), gate()]
      const a = database.unitOfWork.run(async (tx) => {
        await add(tx, 'a-one')
        half.open()
        await go.opened
        await add(tx, 'a-two')
        if (ending === 'rolls back') throw undone
      })
      await half.opened
      const other = meanwhile()
      await sleep(20)
      go.open()
      await Promise.all([a.catch(ignoreUndone), other])
    }
    const b = () => database.unitOfWork.run((tx) => add(tx, 'b'))

    it('B commits (told ok) beside A, A rolls back: B’s row is kept, A’s are gone', async () => {
      await whileOpen('rolls back', b)
      expect(await jobsOf(database)).to.deep.equal(['b'])
    })

    it('A commits (told ok) while B is open, B rolls back: A’s rows are kept', async () => {
      const failing = () =>
        database.unitOfWork
          .run(async (tx) => {
            await add(tx, 'b')
            throw undone
          })
          .catch(ignoreUndone)
      await whileOpen('commits', failing)
      expect(await jobsOf(database)).to.deep.equal(['a-one', 'a-two'])
    })

    it('a reader outside never sees an uncommitted row', async () => {
      const seen: string[][] = []
      await whileOpen('commits', async () => {
        for (let look = 0; look < 10; look++) seen.push(await jobsOf(database))
      })
      expect(seen.slice(0, 5).flat()).to.deep.equal([])
      expect(await jobsOf(database)).to.deep.equal(['a-one', 'a-two'])
    })

    it('20 units started in one turn, every second fails: the other 10 are kept, no more and no less', async () => {
      const units = Array.from({ length: 20 }, (_, number) =>
        database.unitOfWork.run(async (tx) => {
          await add(tx, `unit-${String(number).padStart(2, '0')}`)
          if (number % 2 === 1) throw undone
          return number
        }),
      )
      const results = await Promise.allSettled(units)
      const kept = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
      expect(kept).to.deep.equal([0, 2, 4, 6, 8, 10, 12, 14, 16, 18])
      expect(await jobsOf(database)).to.deep.equal(kept.map((number) => `unit-${String(number).padStart(2, '0')}`))
    })

    it('T04: three times as many units as connections, each reading outside too: all of them end', async () => {
      const units = Array.from({ length: 30 }, (_, number) =>
        database.unitOfWork.run(async (tx) => {
          await add(tx, `unit-${number}`)
          await database.dataSource.manager.count(JobRunEntity)
        }),
      )
      await Promise.all(units)
      expect(await jobsOf(database)).to.have.length(30)
    })

    it('a refused unit leaves no lock behind: the next one is through at once', async () => {
      await whileOpen('rolls back', () => Promise.resolve())
      const startedMs = performance.now()
      await b()
      expect(performance.now() - startedMs).to.be.below(1000)
    })
  })
})

describe('the same on TypeORM’s own SQLite runner (the reason for isolate-sqlite.ts)', () => {
  it('loses B’s acknowledged row when A rolls back', async () => {
    const database = await openTestDatabase(SQLITE)
    await database.dataSource.destroy()
    const stock = new DataSource({
      type: 'better-sqlite3',
      database: sqliteFile(database.dataDir),
      entities: [JobRunEntity],
      enableWAL: true,
    })
    await stock.initialize()
    const [half, go] = [gate(), gate()]
    const a = stock.transaction(async (em) => {
      await add({ em }, 'a')
      half.open()
      await go.opened
      throw undone
    })
    await half.opened
    await add({ em: stock.manager }, 'b')
    go.open()
    await a.catch(ignoreUndone)
    expect(await jobsOf({ dataSource: stock })).to.deep.equal([])
    await stock.destroy()
  })

  it('a second unit of work on one file would be a second queue: there is one per app', async () => {
    // The runners' own lock keeps even that safe.
    const database = await openTestDatabase(SQLITE)
    const other = new UnitOfWork(database.dataSource)
    const units = Array.from({ length: 20 }, (_, number) =>
      (number % 2 ? other : database.unitOfWork).run((tx) => add(tx, `unit-${number}`)),
    )
    await Promise.all(units)
    expect(await jobsOf(database)).to.have.length(20)
    await database.close()
  })
})
