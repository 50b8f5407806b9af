import { expect } from 'chai'
import { AppError, conflict, type ErrorKind } from '../../../src/kernel/app-error.js'
import { DataSource } from 'typeorm'
import { dataSourceOptions } from '../../../src/platform/db/data-source.js'
import { isolateSqlite } from '../../../src/platform/db/isolate-sqlite.js'
import { OwnershipEntity } from '../../../src/platform/db/ownership.js'
import { UnitOfWork } from '../../../src/platform/db/unit-of-work.js'
import { JobRunEntity } from '../../../src/platform/jobs/job-run.entity.js'
import { makeLog } from '../../../src/platform/log.js'
import type { Tx } from '../../../src/platform/db/tx.js'
import { openTestDatabase, type TestDatabase } from '../../support/database.js'
import { type Engine, forEachEngine, MARIADB, SQLITE } from '../../support/engines.js'
import { describeWith } from '../../support/needs.js'
import { sleep } from '../../support/servers.js'

const DUE = new Date('2026-11-24T08:00:00Z')
const add = async ({ em }: Tx, job: string): Promise<void> => {
  await em.createQueryBuilder().insert().into(JobRunEntity).values({ job, dueAt: DUE }).updateEntity(false).execute()
}
const refusal = (code: string, keepsWrites: boolean, kind: ErrorKind = 'conflict') =>
  new AppError(kind, code, {}, { keepsWrites })

function onDatabase(engine: Engine) {
  const scene = {} as { database: TestDatabase; jobs: () => Promise<string[]> }
  before(async () => {
    scene.database = await openTestDatabase(engine)
    scene.jobs = async () =>
      (await scene.database.dataSource.manager.find(JobRunEntity, { order: { job: 'ASC' } })).map(({ job }) => job)
  })
  beforeEach(() => scene.database.clear())
  after(() => scene.database.close())
  return scene
}

describe('a unit of work (docs/decisions/003)', () => {
  forEachEngine((engine) => {
    const scene = onDatabase(engine)
    const run = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => scene.database.unitOfWork.run(work)
    const codeOf = (work: (tx: Tx) => Promise<unknown>): Promise<string> =>
      run(work).then(
        () => 'accepted',
        (error: Error) => error.message,
      )

    it('gives back what the work gives', async () => expect(await run(() => Promise.resolve(7))).to.equal(7))

    it('effects run once, after the commit and before the answer; none after a refusal', async () => {
      const happened: string[] = []
      await run(async (tx) => {
        tx.afterCommit(() => happened.push('effect'))
        await add(tx, 'a')
        happened.push('worked')
      })
      happened.push('answered')
      await codeOf((tx) => {
        tx.afterCommit(() => happened.push('never'))
        return Promise.reject(conflict('no'))
      })
      expect(happened).to.deep.equal(['worked', 'effect', 'answered'])
    })

    it('an error that keepsWrites is thrown, and what was written before it stays (K5’s mail)', async () => {
      const effects: string[] = []
      const code = await codeOf(async (tx) => {
        await add(tx, 'kept')
        tx.afterCommit(() => effects.push('told'))
        throw refusal('refused', true)
      })
      expect([code, await scene.jobs(), effects]).to.deep.equal(['refused', ['kept'], ['told']])
      expect(
        await codeOf(async (tx) => {
          await add(tx, 'gone')
          throw refusal('again', false)
        }),
      ).to.equal('again')
      expect(await scene.jobs()).to.deep.equal(['kept'])
    })

    it('a savepoint that throws is undone alone, with its effects; what keepsWrites stays', async () => {
      const effects: string[] = []
      const part = (tx: Tx, job: string, error?: Error) => async () => {
        await add(tx, job)
        tx.afterCommit(() => effects.push(job))
        if (error) throw error
      }
      await run(async (tx) => {
        await add(tx, 'before')
        await tx.savepoint(part(tx, 'good'))
        await tx.savepoint(part(tx, 'undone', conflict('no'))).catch(() => undefined)
        await tx.savepoint(part(tx, 'kept', refusal('no', true))).catch(() => undefined)
        await tx.savepoint(() => tx.savepoint(part(tx, 'deep', conflict('no')))).catch(() => undefined)
        await add(tx, 'after')
      })
      expect(await scene.jobs()).to.deep.equal(['after', 'before', 'good', 'kept'])
      expect(effects).to.deep.equal(['good', 'kept'])
    })

    it('one inside another is refused: on one connection it would wait for itself', async () => {
      expect(await codeOf(() => run(() => Promise.resolve(1)))).to.match(/inside itself/)
      expect(await run(() => Promise.resolve('alive'))).to.equal('alive')
    })

    it('an effect may start another unit', async () => {
      let second: Promise<unknown> | undefined
      await run(async (tx) => {
        tx.afterCommit(() => {
          second = run((inner) => add(inner, 'later'))
        })
        await add(tx, 'first')
      })
      await second
      expect(await scene.jobs()).to.deep.equal(['first', 'later'])
    })

    it('own(): who counts before writing is alone, for every name (six at once, at most two)', async () => {
      const atMostTwo = (owner: string, number: number) => async (tx: Tx) => {
        await tx.own(`person:${owner}`, `mail:${owner}`)
        const count = await tx.em
          .createQueryBuilder(JobRunEntity, 'run')
          .where('run.job LIKE :job', { job: `${owner}-%` })
          .getCount()
        if (count >= 2) throw conflict('too-many')
        await add(tx, `${owner}-${number}`)
      }
      const attempts = ['a', 'b', 'c'].flatMap((owner) =>
        Array.from({ length: 6 }, (_, number) => run(atMostTwo(owner, number))),
      )
      const results = await Promise.allSettled(attempts)
      expect(results.filter(({ status }) => status === 'fulfilled')).to.have.length(6)
      expect(await scene.jobs()).to.have.length(6)
    })

    it('own(): names asked for crosswise do not end in a deadlock that anybody sees', async () => {
      const crossing = Array.from({ length: 40 }, (_, number) =>
        run(async (tx) => {
          await tx.own(...(number % 2 ? ['left', 'right'] : ['right', 'left']))
          await add(tx, `unit-${number}`)
        }),
      )
      await Promise.all(crossing)
      expect(await scene.jobs()).to.have.length(40)
    })
  })
})

describe('units on MariaDB that own a name', () => {
  describeWith('MariaDB', 'write something, so that the nodes of a cluster see it (T52)', () => {
    const scene = onDatabase(MARIADB)
    it('own(): each owner really changes the row of the name', async () => {
      const turns = async () => (await scene.database.dataSource.manager.find(OwnershipEntity)).map(({ turn }) => turn)
      const seen = []
      for (let owner = 0; owner < 3; owner++) {
        await scene.database.unitOfWork.run((tx) => tx.own('somebody'))
        seen.push(await turns())
      }
      expect(seen).to.deep.equal([[0], [1], [2]])
    })
  })
})

describe('units that share a commit on SQLite', () => {
  const scene = onDatabase(SQLITE)
  const run = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => scene.database.unitOfWork.run(work)

  it('those of one turn of the event loop share commits, and one that fails hurts nobody else', async () => {
    const { dataSource } = scene.database
    const make = dataSource.createQueryRunner.bind(dataSource)
    let commits = 0
    dataSource.createQueryRunner = () => {
      const runner = make()
      const query = runner.query.bind(runner) as (...args: unknown[]) => Promise<never>
      runner.query = (sql: string, ...rest: unknown[]) => {
        if (sql === 'COMMIT') commits++
        return query(sql, ...rest)
      }
      return runner
    }
    const results = await Promise.allSettled(
      Array.from({ length: 30 }, (_, number) =>
        run(async (tx) => {
          await add(tx, `unit-${String(number).padStart(2, '0')}`)
          if (number === 7) throw conflict('no')
          if (number === 8) await add(tx, 'unit-00') // a unique key says no
        }),
      ),
    )
    dataSource.createQueryRunner = make
    const succeeded = results.map(({ status }) => status === 'fulfilled')
    expect(succeeded).to.deep.equal(Array.from({ length: 30 }, (_, number) => number !== 7 && number !== 8))
    expect(await scene.jobs()).to.have.length(28)
    // One, unless they take so long together that others would have to wait (T56).
    expect(commits).to.be.within(1, 10)
  })

  it('nobody is told before the shared commit, neither who succeeded nor who was refused', async () => {
    const told: string[] = []
    let slowIsDone = false
    const quick = run((tx) => add(tx, 'quick')).then(() => told.push(`quick ${slowIsDone}`))
    const refused = run(() => Promise.reject(conflict('no'))).catch(() => told.push(`refused ${slowIsDone}`))
    const slow = run(async (tx) => {
      await sleep(30)
      await add(tx, 'slow')
      slowIsDone = true
      expect(told).to.deep.equal([])
      expect(await scene.jobs()).to.deep.equal([])
    })
    await Promise.all([quick, refused, slow])
    expect(told).to.have.members(['quick true', 'refused true'])
  })

  it('a commit that fails fails every unit of it: nothing was acknowledged, nothing is there', async () => {
    const { dataSource } = scene.database
    const make = dataSource.createQueryRunner.bind(dataSource)
    const broken = () => {
      const runner = make()
      const commit = runner.commitTransaction.bind(runner)
      let depth = 0
      const start = runner.startTransaction.bind(runner)
      runner.startTransaction = async () => {
        depth++
        await start()
      }
      runner.commitTransaction = async () => {
        if (--depth === 0) throw Object.assign(new Error('disk full'), { code: 'SQLITE_FULL' })
        await commit()
      }
      return runner
    }
    dataSource.createQueryRunner = broken
    const results = await Promise.allSettled([1, 2, 3].map((number) => run((tx) => add(tx, `unit-${number}`))))
    dataSource.createQueryRunner = make
    expect(results.map(({ status }) => status)).to.deep.equal(['rejected', 'rejected', 'rejected'])
    expect(await scene.jobs()).to.deep.equal([])
    await run((tx) => add(tx, 'alive'))
    expect(await scene.jobs()).to.deep.equal(['alive'])
  })

  it('what is worth retrying on a server is undone here like everything else, and the others are committed', async () => {
    const busy = run(async (tx) => {
      await tx.savepoint(async () => {
        await add(tx, 'busy')
        throw Object.assign(new Error('busy'), { code: 'SQLITE_BUSY' })
      })
    })
    await Promise.allSettled([run((tx) => add(tx, 'one')), busy, run((tx) => add(tx, 'two'))])
    expect(await scene.jobs()).to.deep.equal(['one', 'two'])
  })

  it('the outer DataSource used inside a unit gets a clear error, not a wait for ever', async () => {
    const { dataDir } = scene.database
    const tables = { entities: [JobRunEntity], migrations: [] }
    const settings = { databaseUrl: null, dataDir, production: false }
    const impatient = new DataSource(await dataSourceOptions(settings, tables, makeLog('silent')))
    await impatient.initialize()
    isolateSqlite(impatient, 100)
    const unitOfWork = new UnitOfWork(impatient)
    const misuse = unitOfWork.run(() => impatient.query("INSERT INTO job_run VALUES ('x', '2026-11-24 08:00:00.000')"))
    const refusal = await misuse.catch((error: unknown) => error as Error)
    expect((refusal.cause as Error).message).to.match(/outer DataSource used inside a transaction/)
    await unitOfWork.run((tx) => add(tx, 'alive'))
    expect(await scene.jobs()).to.deep.equal(['alive'])
    await impatient.destroy()
  })

  it('a hundred units in one turn are kept in parts, each in the order of asking', async () => {
    const order: number[] = []
    await Promise.all(
      Array.from({ length: 100 }, (_, number) =>
        run(async (tx) => {
          await add(tx, `unit-${number}`)
          order.push(number)
        }),
      ),
    )
    expect(order).to.deep.equal(Array.from({ length: 100 }, (_, number) => number))
    expect(await scene.jobs()).to.have.length(100)
  })
})

describeWith('MariaDB', 'units on MariaDB', () => {
  const scene = onDatabase(MARIADB)
  const run = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => scene.database.unitOfWork.run(work)

  const touch = async ({ em }: Tx, job: string) => {
    await em
      .createQueryBuilder()
      .update(JobRunEntity)
      .set({ job: () => 'job' })
      .where({ job })
      .updateEntity(false)
      .execute()
  }

  it('T02: every connection of the pool reads committed rows and waits 2 s for a lock', async () => {
    const settings = await Promise.all(
      Array.from({ length: 20 }, () =>
        run(async ({ em }) => {
          await sleep(20)
          const [row] = await em.query<Record<string, string>[]>(
            'SELECT @@tx_isolation AS level, @@innodb_lock_wait_timeout AS wait, @@time_zone AS zone',
          )
          return `${row?.['level']} ${row?.['wait']}`
        }),
      ),
    )
    expect([...new Set(settings)]).to.deep.equal(['READ-COMMITTED 2'])
  })

  it('T03: of two that cross the same rows both are kept: the victim runs again, its effects once', async () => {
    await run(async (tx) => {
      await add(tx, 'left')
      await add(tx, 'right')
    })
    let runs = 0
    const effects: string[] = []
    const crossing = (first: string, second: string) =>
      run(async (tx) => {
        runs++
        tx.afterCommit(() => effects.push(first))
        await touch(tx, first)
        await sleep(50)
        await touch(tx, second)
        await add(tx, `by-${first}`)
      })
    await Promise.all([crossing('left', 'right'), crossing('right', 'left')])
    expect(runs).to.equal(3)
    expect(effects).to.have.members(['left', 'right'])
    expect(await scene.jobs()).to.deep.equal(['by-left', 'by-right', 'left', 'right'])
  })

  it('T03: 20 that cross the same two rows all end well', async function () {
    this.timeout(30_000)
    await run(async (tx) => {
      await add(tx, 'left')
      await add(tx, 'right')
    })
    const crossing = Array.from({ length: 20 }, (_, number) =>
      run(async (tx) => {
        const [first, second] = number % 2 ? ['left', 'right'] : ['right', 'left']
        await touch(tx, first as string)
        await sleep(5)
        await touch(tx, second as string)
        await add(tx, `unit-${number}`)
      }),
    )
    await Promise.all(crossing)
    expect(await scene.jobs()).to.have.length(22)
  })

  for (const errno of [1213, 1020]) {
    it(`T03: ${errno} runs the whole unit again, inside a savepoint too, and leaves nothing of the first try`, async () => {
      let tries = 0
      const failing = (tx: Tx) => async () => {
        await add(tx, `inner-${tries}`)
        if (tries < 3) await tx.em.query(`SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = ${errno}, MESSAGE_TEXT = 'planted'`)
      }
      await run(async (tx) => {
        tries++
        await add(tx, `outer-${tries}`)
        await tx.savepoint(() => tx.savepoint(failing(tx)))
      })
      expect(tries).to.equal(3)
      await Promise.all(Array.from({ length: 20 }, () => run(() => sleep(5))))
      expect(await scene.jobs()).to.deep.equal(['inner-3', 'outer-3'])
    })
  }

  it('T54: a lock wait that times out is tried once, and leaves no transaction open on its connection', async function () {
    this.timeout(40_000)
    await run(async (tx) => add(tx, 'wanted'))
    let release = () => undefined as void
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    const holder = run(async (tx) => {
      await touch(tx, 'wanted')
      await held
    })
    await sleep(50)
    let tries = 0
    const late = run(async (tx) => {
      tries++
      await add(tx, `try-${tries}`)
      await tx.savepoint(() => touch(tx, 'wanted'))
    })
    const error = await late.catch((reason: unknown) => reason)
    expect(error).to.be.instanceOf(AppError).and.to.include({ kind: 'unavailable', code: 'database-busy' })
    release()
    await holder
    await Promise.all(Array.from({ length: 20 }, () => run(() => sleep(5))))
    expect([tries, await scene.jobs()]).to.deep.equal([1, ['wanted']])
    const open = await scene.database.dataSource.query<unknown[]>('SELECT * FROM information_schema.innodb_trx')
    expect(open).to.deep.equal([])
  })

  it('a refusal that never ends is given up as unavailable: come again (T03)', async function () {
    this.timeout(30_000)
    const stubborn = run((tx) =>
      tx.em.query("SIGNAL SQLSTATE '40001' SET MYSQL_ERRNO = 1213, MESSAGE_TEXT = 'planted'"),
    )
    const error = await stubborn.catch((reason: unknown) => reason)
    expect(error).to.be.instanceOf(AppError).and.to.include({ kind: 'unavailable', code: 'database-busy' })
  })
})
