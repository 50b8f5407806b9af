import { expect } from 'chai'
import type { DataSource } from 'typeorm'
import { conflict } from '../../../src/kernel/app-error.js'
import { isDuplicate } from '../../../src/platform/db/db-errors.js'
import { insertOf, insertRow } from '../../../src/platform/db/statements.js'
import { together } from '../../../src/platform/db/together.js'
import type { Tx } from '../../../src/platform/db/tx.js'
import { JobRunEntity } from '../../../src/platform/jobs/job-run.entity.js'
import { openTestDatabase, type TestDatabase } from '../../support/database.js'
import { forEachEngine, MARIADB } from '../../support/engines.js'
import { describeWith } from '../../support/needs.js'

const DUE = new Date('2026-11-24T08:00:00Z')
const add = (tx: Tx, job: string) => insertRow(tx.em, JobRunEntity, { job, dueAt: DUE })
const last = (tx: Tx, job: string) => tx.withCommit(insertOf(tx.em, JobRunEntity, { job, dueAt: DUE }))

describe('what a unit of work asks together', () => {
  forEachEngine((engine) => {
    let database: TestDatabase
    before(async () => {
      database = await openTestDatabase(engine)
    })
    beforeEach(() => database.clear())
    after(() => database.close())

    const run = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => database.unitOfWork.run(work)
    const jobs = async () =>
      (await database.dataSource.manager.find(JobRunEntity, { order: { job: 'ASC' } })).map(({ job }) => job)
    const failure = (work: (tx: Tx) => Promise<unknown>) =>
      run(work).then(
        () => null,
        (error: unknown) => error,
      )

    it('each is given its own answer, in the order of asking', async () => {
      const count = (tx: Tx) => tx.em.count(JobRunEntity)
      const told = await run((tx) =>
        together([count(tx), add(tx, 'one'), count(tx), 'as it is', add(tx, 'two'), count(tx)]),
      )
      expect(told).to.deep.equal([0, undefined, 1, 'as it is', undefined, 2])
      expect(await jobs()).to.deep.equal(['one', 'two'])
    })

    it('one that a unique key refuses is told so itself, and nothing of all is there', async () => {
      let told: PromiseSettledResult<unknown>[] = []
      const error = await failure(async (tx) => {
        const asked = [add(tx, 'one'), add(tx, 'one'), add(tx, 'two')]
        told = await Promise.allSettled(asked)
        await together(asked)
      })
      expect(isDuplicate(error)).to.equal(true)
      expect(told.slice(0, 2).map(({ status }) => status)).to.deep.equal(['fulfilled', 'rejected'])
      expect(await jobs()).to.deep.equal([])
    })

    it('a guard that meets nothing is no error: who asked decides, before anything is committed', async () => {
      const error = await failure(async (tx) => {
        const guard = tx.em.update(JobRunEntity, { job: 'nobody' }, { dueAt: DUE })
        const [, { affected }] = await together([add(tx, 'one'), guard, add(tx, 'two')])
        if (affected !== 1) throw conflict('slot-full')
      })
      expect(error).to.include({ code: 'slot-full' })
      expect(await jobs()).to.deep.equal([])
    })

    it('what fails waits for the others: none of them writes after the end', async () => {
      const slow = async (tx: Tx) => {
        await tx.em.count(JobRunEntity)
        await tx.em.count(JobRunEntity)
        await add(tx, 'late')
      }
      const error = await failure((tx) => tx.savepoint(() => together([Promise.reject(conflict('no')), slow(tx)])))
      expect(error).to.include({ code: 'no' })
      await run((tx) => add(tx, 'alive'))
      expect(await jobs()).to.deep.equal(['alive'])
    })

    it('values are data, whatever they look like', async () => {
      const names = [
        "'; DROP TABLE job_run; --",
        '"; COMMIT; --',
        '\\',
        "\\'; DELETE FROM job_run; #",
        '?',
        'a;\nb',
        '`',
        '/*',
      ]
      await run(async (tx) => {
        await together(names.map((name) => add(tx, name)))
        last(tx, "last'; ROLLBACK; --")
      })
      expect(await jobs()).to.have.members([...names, "last'; ROLLBACK; --"])
    })

    it('what is written with the commit is there with it, or neither is', async () => {
      await run(async (tx) => {
        await add(tx, 'one')
        last(tx, 'two')
      })
      const error = await failure(async (tx) => {
        await add(tx, 'three')
        last(tx, 'one')
      })
      expect(isDuplicate(error)).to.equal(true)
      const undone = (tx: Tx) => {
        last(tx, 'undone')
        return Promise.reject(conflict('no'))
      }
      await run((tx) => tx.savepoint(() => undone(tx)).catch(() => undefined))
      expect(await jobs()).to.deep.equal(['one', 'two'])
    })

    it('a savepoint that wrote nothing, wrote, or was refused leaves what stood before it', async () => {
      await run(async (tx) => {
        await tx.savepoint(() => Promise.resolve())
        await tx.savepoint(() => Promise.reject(conflict('no'))).catch(() => undefined)
        await add(tx, 'outside')
        const part = async () => {
          await add(tx, 'inside')
          await tx.savepoint(() => Promise.reject(conflict('no'))).catch(() => undefined)
          throw conflict('no')
        }
        await tx.savepoint(part).catch(() => undefined)
        await tx.savepoint(() => add(tx, 'kept'))
      })
      expect(await jobs()).to.deep.equal(['kept', 'outside'])
    })
  })
})

describeWith('MariaDB', 'pieces of several statements', () => {
  let database: TestDatabase
  before(async () => {
    database = await openTestDatabase(MARIADB)
  })
  beforeEach(() => database.clear())
  after(() => database.close())

  const two = 'SELECT 1 AS one; SELECT 2 AS two'
  const errnoOf = (asked: Promise<unknown>) =>
    asked.then(
      () => 0,
      ({ driverError }) => driverError.errno as number,
    )

  it('are taken on connections of units alone: elsewhere a second statement is no SQL', async () => {
    expect(await errnoOf(database.dataSource.query(two))).to.equal(1064)
  })

  it('a statement that turns out to be two ends its unit and its connection', async () => {
    const asked = database.unitOfWork.run(async (tx) => {
      await add(tx, 'one')
      await tx.em.query(two)
    })
    expect(String(await asked.catch((error: unknown) => error))).to.match(/answered what was not asked/)
    expect(await database.dataSource.manager.count(JobRunEntity)).to.equal(0)
  })

  it('a deadlock in the middle of one runs the unit again; what stands behind it was not run', async () => {
    let tries = 0
    await database.unitOfWork.run(async (tx) => {
      tries++
      const planted = "SIGNAL SQLSTATE '40001' SET MYSQL_ERRNO = 1213, MESSAGE_TEXT = 'planted'"
      await together([add(tx, `before-${tries}`), tries < 3 && tx.em.query(planted), add(tx, `behind-${tries}`)])
    })
    expect(tries).to.equal(3)
    expect(await database.dataSource.manager.count(JobRunEntity)).to.equal(2)
  })

  it('a refusal beside a deadlock does not count: the unit runs again', async () => {
    let tries = 0
    await database.unitOfWork.run(async (tx) => {
      tries++
      const planted = "SIGNAL SQLSTATE '40001' SET MYSQL_ERRNO = 1213, MESSAGE_TEXT = 'planted'"
      const ended = async () => {
        await tx.em.query('/* as a deadlock does */ ROLLBACK')
        await tx.em.query(planted)
      }
      const refused = () => Promise.reject(conflict('slot-full'))
      await tx.savepoint(() => together(tries === 1 ? [refused(), ended()] : [add(tx, 'again')]))
    })
    expect(await jobsOf(database.dataSource)).to.deep.equal(['again'])
  })

  it('a node that is not ready refuses what stands before COMMIT: nothing is there, and the unit runs again', async () => {
    let tries = 0
    await database.unitOfWork.run((tx) => {
      tries++
      const planted = { sql: "SIGNAL SQLSTATE '08S01' SET MYSQL_ERRNO = 1047, MESSAGE_TEXT = 'planted'", values: [] }
      if (tries === 1) tx.withCommit(planted)
      return add(tx, `try-${tries}`)
    })
    expect(await jobsOf(database.dataSource)).to.deep.equal(['try-2'])
  })
})

const jobsOf = async (dataSource: DataSource) => (await dataSource.manager.find(JobRunEntity)).map(({ job }) => job)
