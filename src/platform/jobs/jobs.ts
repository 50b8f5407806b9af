import { schedule, type ScheduledTask } from 'node-cron'
import { addRows } from '../db/rows.js'
import { type Clock, MINUTE_MS } from '../../kernel/clock.js'
import { isDuplicate } from '../db/db-errors.js'
import type { UnitOfWork } from '../db/unit-of-work.js'
import { runErrand } from '../errand.js'
import type { Log } from '../log.js'
import { JobRunEntity } from './job-run.entity.js'

/** Work that asks "what is due?" and may run at any time, late or twice, without harm (T20). */
export interface Job {
  name: string
  run(now: Date): Promise<void>
}

interface Deps {
  unitOfWork: UnitOfWork
  clock: Clock
  log: Log
}

/** Nobody waits for a job, but what hangs must not keep the others from running. */
const MOST_MS = 10 * MINUTE_MS

/** Runs every job once a minute, each minute on one instance only. */
export class Jobs {
  private task: ScheduledTask | undefined
  private running: Promise<void> = Promise.resolve()

  constructor(
    private readonly jobs: readonly Job[],
    private readonly deps: Deps,
  ) {}

  start(): void {
    this.task = schedule('* * * * *', () => this.runAll(), { noOverlap: true })
  }

  /** Also called once before listening, so that a start after a pause finds the house in order. */
  runAll(): Promise<void> {
    this.running = this.running.then(async () => {
      for (const job of this.jobs) await this.runOne(job)
    })
    return this.running
  }

  async stop(): Promise<void> {
    await this.task?.destroy()
    await this.running
  }

  private async runOne(job: Job): Promise<void> {
    const now = this.deps.clock()
    const fail = (error: unknown) =>
      this.deps.log.error({ err: error, job: job.name }, 'a job failed; it runs again in a minute')
    try {
      await runErrand({ endsAtMs: performance.now() + MOST_MS, fail }, async () => {
        if (await this.claim(job.name, new Date(Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS))) await job.run(now)
      })
    } catch (error) {
      fail(error)
    }
  }

  /** @returns false when another instance has this minute already */
  private async claim(job: string, dueAt: Date): Promise<boolean> {
    try {
      await this.deps.unitOfWork.run((tx) => addRows(tx.em, JobRunEntity, { job, dueAt }))
      return true
    } catch (error) {
      if (isDuplicate(error)) return false
      throw error
    }
  }
}
