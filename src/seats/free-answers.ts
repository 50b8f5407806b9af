import type { Clock } from '../kernel/clock.js'
import type { LocalDay } from '../kernel/local-day.js'
import type { Answer } from '../platform/http/kept-answers.js'
import type { CalendarPlan } from '../recurrence/index.js'
import { type Availability, datesOf, type SeatQuery } from './availability.js'
import type { Calendars } from './calendars.js'
import type { TakenDays } from './taken-days.js'

interface Made {
  body: Buffer
  /** The answer holds while nothing of this has changed. */
  plan: CalendarPlan
  revision: number
  changesAtMs: number
  /** Of its oldest part: an answer is not believed longer than what it is made of (I9). */
  readAtMs: number
}

interface Deps {
  availability: Availability
  calendars: Calendars
  takenDays: TakenDays
  clock: Clock
}

/** A question about the free seats of some days. */
type FreeQuery = SeatQuery & { from: LocalDay; to: LocalDay }

/** Bounded: whoever asks for every possible range must not fill the memory. */
const MOST = 2000

/**
 * Answers about free seats – months and days – as bytes, each kept exactly as long as it is true: until a seat of its
 * calendar is taken or given back, the calendar changes, or the clock moves a slot, a hold or the day out of it.
 */
export class FreeAnswers {
  private readonly made = new Map<string, Made>()

  constructor(private readonly deps: Deps) {}

  /**
   * @param key what is asked, in which language
   * @returns the kept answer if what it is made of reads the same again (a shared database), or a new one
   */
  async make(key: string, asked: FreeQuery, bodyOf: () => Promise<object>): Promise<Answer> {
    const { availability, calendars, takenDays, clock } = this.deps
    const plan = await calendars.planOf(asked.siteId, asked.serviceId)
    // Without a calendar there is nothing to be told of a change: that answer is quickly made, and not kept.
    if (!plan) return { status: 200, body: await bodyOf() }
    const dates = datesOf(asked)
    await takenDays.of(plan, dates)
    const [revision, readAtMs, madeAt] = [takenDays.revision(plan), takenDays.readAtMs(plan, dates), clock()]
    const kept = this.made.get(key)
    if (kept && this.holds({ ...kept, readAtMs })) {
      kept.readAtMs = readAtMs
      return this.answerOf(kept)
    }
    const body = Buffer.from(JSON.stringify(await bodyOf()))
    const changesAtMs = (await availability.changesAt(asked, madeAt)).getTime()
    if (this.made.size >= MOST) this.made.clear()
    const made = { body, plan, revision, changesAtMs, readAtMs }
    this.made.set(key, made)
    return this.answerOf(made)
  }

  private answerOf(made: Made): Answer {
    return { status: 200, body: made.body, holds: () => this.holds(made) }
  }

  private holds({ plan, revision, changesAtMs, readAtMs }: Made): boolean {
    const { takenDays, calendars, clock } = this.deps
    if (performance.now() - readAtMs > takenDays.believedMs || clock().getTime() >= changesAtMs) return false
    return takenDays.revision(plan) === revision && calendars.isCurrent(plan)
  }
}
