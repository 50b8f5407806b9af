import { AsyncLocalStorage } from 'node:async_hooks'
import type { DataSource, QueryRunner } from 'typeorm'
import { unavailable } from '../../kernel/app-error.js'
import { outsideErrand } from '../errand.js'
import { Batches } from './batches.js'
import { isAway, isWorthRetrying } from './db-errors.js'
import { isSqlite } from './engine.js'
import { ownNames } from './ownership.js'
import { keepsWrites, rollbackWhole, savepoint } from './savepoint.js'
import { Turnstile } from './turnstile.js'
import type { Outcome, Tx, Work } from './tx.js'

/** Measured: 20 units crossing the same two rows needed up to 6 tries with 5–160 ms of jitter (stack.md 7). */
const TRIES = 9
const inside = new AsyncLocalStorage<true>()

/**
 * The one door to write (docs/decisions/003). SQLite: units run one after another and those of one event-loop turn
 * share a commit, each in its own savepoint. MySQL/MariaDB: READ COMMITTED, a deadlock runs the whole unit again.
 */
export class UnitOfWork {
  private readonly batches: Batches | null
  private readonly turnstile: Turnstile

  /** @param places how many units may run at once on a server engine; below the pool size, so that reads get through */
  constructor(
    private readonly dataSource: DataSource,
    places = 8,
  ) {
    this.batches = isSqlite(dataSource) ? new Batches(dataSource, attempt) : null
    this.turnstile = new Turnstile(places, 5000)
  }

  /** @throws whatever `work` throws, after rolling back; `unavailable` when the database is away or too busy. */
  async run<T>(work: Work<T>): Promise<T> {
    if (inside.getStore()) throw new Error('UnitOfWork.run called inside itself: pass the Tx instead')
    try {
      const outcome = await (this.batches ? this.batches.run(work) : this.turnstile.pass(() => this.retried(work)))
      for (const effect of outcome.effects) outsideErrand(effect)
      return outcome.settle()
    } catch (error) {
      throw isAway(error) ? unavailable('database-away', error) : error
    }
  }

  private async retried<T>(work: Work<T>): Promise<Outcome<T>> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.once(work)
      } catch (error) {
        if (!isWorthRetrying(error)) throw error
        if (tries === TRIES) throw unavailable('database-busy', error)
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 5 * 2 ** tries))
      }
    }
  }

  private async once<T>(work: Work<T>): Promise<Outcome<T>> {
    const runner = this.dataSource.createQueryRunner()
    try {
      await runner.startTransaction()
      const outcome = await attempt(runner, work)
      await runner.commitTransaction()
      return outcome
    } catch (error) {
      await rollbackWhole(runner)
      throw error
    } finally {
      await runner.release()
    }
  }
}

async function attempt<T>(runner: QueryRunner, work: Work<T>): Promise<Outcome<T>> {
  const effects: (() => void)[] = []
  const tx: Tx = {
    em: runner.manager,
    own: (...names) => ownNames(runner.manager, names),
    afterCommit: (effect) => effects.push(effect),
    savepoint: async (part) => {
      const before = effects.length
      try {
        return await savepoint(runner, part)
      } catch (error) {
        if (!keepsWrites(error)) effects.length = before
        throw error
      }
    },
  }
  try {
    const value = await inside.run(true, () => work(tx))
    return { effects, settle: () => value }
  } catch (error) {
    if (!keepsWrites(error)) throw error
    return {
      effects,
      settle: () => {
        throw error
      },
    }
  }
}
