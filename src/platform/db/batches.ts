import type { DataSource, QueryRunner } from 'typeorm'
import { rollbackWhole, savepoint } from './savepoint.js'
import type { Outcome, Work } from './tx.js'

interface Waiting {
  run(runner: QueryRunner): Promise<void>
  commit(): void
  fail(error: unknown): void
}

type Attempt = <T>(runner: QueryRunner, work: Work<T>) => Promise<Outcome<T>>

/** Keeps one commit short enough for the readers of the file and the event loop. */
const MOST = 64

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

  run<T>(work: Work<T>): Promise<Outcome<T>> {
    return new Promise((resolve, reject) => {
      let settle = () => undefined as void
      this.queue.push({
        run: async (runner) => {
          try {
            const outcome = await savepoint(runner, () => this.attempt(runner, work))
            settle = () => resolve(outcome)
          } catch (error) {
            settle = () => reject(error)
          }
        },
        commit: () => settle(),
        fail: reject,
      })
      if (!this.running) {
        this.running = true
        setImmediate(() => void this.drain())
      }
    })
  }

  private async drain(): Promise<void> {
    while (this.queue.length > 0) {
      await this.commitTogether(this.queue.splice(0, MOST))
      // Lets the requests that arrived meanwhile join the next batch.
      await new Promise((resolve) => setImmediate(resolve))
    }
    this.running = false
  }

  private async commitTogether(batch: Waiting[]): Promise<void> {
    const runner = this.dataSource.createQueryRunner()
    try {
      await runner.startTransaction()
      for (const unit of batch) await unit.run(runner)
      await runner.commitTransaction()
      for (const unit of batch) unit.commit()
    } catch (error) {
      await rollbackWhole(runner)
      for (const unit of batch) unit.fail(error)
    } finally {
      await runner.release()
    }
  }
}
