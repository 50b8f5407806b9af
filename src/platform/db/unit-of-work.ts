import { AsyncLocalStorage } from 'node:async_hooks'
import type { DataSource, QueryRunner } from 'typeorm'
import { unavailable } from '../../kernel/app-error.js'
import { msLeft, outsideErrand } from '../errand.js'
import { Batches } from './batches.js'
import { isAway, isBusy, mayRunAgain, type Progress, refusesWork } from './db-errors.js'
import { isSqlite } from './engine.js'
import { LockWatch, watched } from './lock-watch.js'
import { ownNames } from './ownership.js'
import { keepsWrites, rollbackWhole, savepoint } from './savepoint.js'
import { together } from './together.js'
import { Turnstile } from './turnstile.js'
import type { LastWrite, Outcome, Tx, Work } from './tx.js'
import { unitRunner } from './unit-pool.js'

/** T03, T52: again, five times at most, with full jitter up to this long before the first. */
const RETRIES = 5
const JITTER_MS = 50
const inside = new AsyncLocalStorage<true>()

/**
 * The one door to write (docs/decisions/003). SQLite: units run one after another and those of one event-loop turn
 * share a commit, each in its own savepoint. MySQL/MariaDB: READ COMMITTED, and what is asked at the same time goes in one
 * piece (docs/decisions/035); a unit of which nothing is there, such as after a deadlock, runs again as a whole.
 */
export class UnitOfWork {
  private readonly batches: Batches | null
  private readonly turnstile: Turnstile
  private readonly watch: LockWatch
  private refusedAtMs = Number.NEGATIVE_INFINITY
  private failedAtMs = Number.NEGATIVE_INFINITY

  /** @param places how many units may run at once on a server engine; below the pool size, so that reads get through */
  constructor(
    private readonly dataSource: DataSource,
    places = 8,
  ) {
    this.batches = isSqlite(dataSource) ? new Batches(dataSource, attemptWhole) : null
    this.turnstile = new Turnstile(places)
    this.watch = new LockWatch(Math.ceil(places / 2))
  }

  /** @throws whatever `work` throws, after rolling back; `unavailable` when the database is away or too busy. */
  run<T>(work: Work<T>): Promise<T> {
    const { batches } = this
    return this.settled(() =>
      batches
        ? retried(() => batches.run(work))
        : this.turnstile.pass(() => watched(this.watch, () => retried((progress) => this.once(work, progress)))),
    )
  }

  /** Without standing in line on a server: for who asks whether the database works, not whether it is busy. */
  runAside<T>(work: Work<T>): Promise<T> {
    return this.settled(() => (this.batches ? this.batches.run(work) : this.once(work)))
  }

  /** How long ago the database was there and refused to work; no end when it never did. */
  msSinceRefusal(): number {
    return performance.now() - this.refusedAtMs
  }

  /** How long ago it was away or refused to work; no end when it never was. */
  msSinceFailure(): number {
    return performance.now() - this.failedAtMs
  }

  private async settled<T>(result: () => Promise<Outcome<T>>): Promise<T> {
    if (inside.getStore()) throw new Error('UnitOfWork.run called inside itself: pass the Tx instead')
    try {
      const outcome = await result()
      for (const effect of outcome.effects) outsideErrand(effect)
      return outcome.settle()
    } catch (error) {
      if (isAway(error)) this.failedAtMs = performance.now()
      if (refusesWork(error)) this.refusedAtMs = performance.now()
      if (isBusy(error)) throw unavailable('database-busy', error)
      throw isAway(error) ? unavailable('database-away', error) : error
    }
  }

  private async once<T>(work: Work<T>, progress: Progress = { isCommitting: false }): Promise<Outcome<T>> {
    const runner = unitRunner(this.dataSource)
    try {
      await runner.startTransaction()
      const outcome = await attempt(runner, work)
      progress.isCommitting = true
      await together([...outcome.last.map(({ sql, values }) => runner.query(sql, values)), runner.commitTransaction()])
      return outcome
    } catch (error) {
      await rollbackWhole(runner)
      throw error
    } finally {
      await runner.release()
    }
  }
}

async function retried<T>(once: (progress: Progress) => Promise<Outcome<T>>): Promise<Outcome<T>> {
  for (let retries = 0; ; retries++) {
    const progress = { isCommitting: false }
    try {
      return await once(progress)
    } catch (error) {
      const pauseMs = Math.random() * JITTER_MS * 2 ** retries
      if (!mayRunAgain(error, progress) || retries === RETRIES || pauseMs > msLeft()) throw error
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
    }
  }
}

/** With its last writes: the commit is shared, and theirs to fail alone. */
async function attemptWhole<T>(runner: QueryRunner, work: Work<T>): Promise<Outcome<T>> {
  const outcome = await attempt(runner, work)
  for (const { sql, values } of outcome.last) await runner.query(sql, values)
  return outcome
}

async function attempt<T>(runner: QueryRunner, work: Work<T>): Promise<Outcome<T>> {
  const effects: (() => void)[] = []
  const last: LastWrite[] = []
  const tx: Tx = {
    em: runner.manager,
    own: (...names) => ownNames(runner.manager, names),
    withCommit: (write) => last.push(write),
    afterCommit: (effect) => effects.push(effect),
    savepoint: async (part) => {
      const before = [effects.length, last.length] as const
      try {
        return await savepoint(runner, part)
      } catch (error) {
        if (!keepsWrites(error)) [effects.length, last.length] = before
        throw error
      }
    },
  }
  try {
    const value = await inside.run(true, () => work(tx))
    return { effects, last, settle: () => value }
  } catch (error) {
    if (!keepsWrites(error)) throw error
    return {
      effects,
      last,
      settle: () => {
        throw error
      },
    }
  }
}
