import type { DataSource, QueryRunner } from 'typeorm'
import { unavailable } from '../../kernel/app-error.js'
import { ofThisErrand, outsideErrand, patientUntilMs } from '../errand.js'
import { loopTurns } from '../loop-turns.js'
import { rollbackWhole, savepoint } from './savepoint.js'
import type { Outcome, Work } from './tx.js'

interface Waiting {
  run(runner: QueryRunner): Promise<void>
  commit(): void
  fail(error: unknown): void
}

type Attempt = <T>(runner: QueryRunner, work: Work<T>) => Promise<Outcome<T>>

/** Keeps one commit short enough for the readers of the file and the event loop, in units and in time. */
const MOST = 64
const MOST_MS = 10

/**
 * Group commit for SQLite: the units that arrive in one turn of the event loop run one after another in one
 * transaction, each in its own savepoint, and are answered after the shared commit. One fsync then serves all of them
 * (measured in npm run bench).
 */
export class Batches {
  private queue: Waiting[] = []
  private running = false

  constructor(
    private readonly dataSource: DataSource,
    private readonly attempt: Attempt,
  ) {}

  /** @throws unavailable `database-busy` to whom the turn did not come in time */
  run<T>(work: Work<T>): Promise<Outcome<T>> {
    return new Promise((resolve, reject) => {
      let settle = () => undefined as void
      const waiting: Waiting = {
        // In the errand of whoever asked, not of the one that came first.
        run: ofThisErrand(async (runner: QueryRunner) => {
          clearTimeout(timer)
          try {
            const outcome = await savepoint(runner, () => this.attempt(runner, work))
            settle = () => resolve(outcome)
          } catch (error) {
            settle = () => reject(error)
          }
        }),
        commit: () => settle(),
        fail: reject,
      }
      const timer = setTimeout(() => {
        const place = this.queue.indexOf(waiting)
        if (place === -1) return // its turn has come
        this.queue.splice(place, 1)
        reject(unavailable('database-busy'))
      }, patientUntilMs() - performance.now())
      this.queue.push(waiting)
      if (this.running) return
      this.running = true
      loopTurns.next(() => outsideErrand(() => void this.drain()))
    })
  }

  private async drain(): Promise<void> {
    while (this.queue.length > 0) {
      await this.commitTogether()
      // Lets the requests that arrived meanwhile join the next batch.
      await new Promise<void>((resolve) => loopTurns.next(resolve))
    }
    this.running = false
  }

  private async commitTogether(): Promise<void> {
    const batch: Waiting[] = []
    const runner = this.dataSource.createQueryRunner()
    try {
      await runner.startTransaction()
      const endMs = performance.now() + MOST_MS
      while (batch.length < MOST && (batch.length === 0 || performance.now() < endMs)) {
        const unit = this.queue.shift()
        if (!unit) break
        batch.push(unit)
        await unit.run(runner)
      }
      await runner.commitTransaction()
      for (const unit of batch) unit.commit()
    } catch (error) {
      await rollbackWhole(runner)
      // It did not even begin: then it would not for those who wait either.
      for (const unit of batch.length > 0 ? batch : this.queue.splice(0)) unit.fail(error)
    } finally {
      await runner.release()
    }
  }
}
