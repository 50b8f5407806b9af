import type { Clock } from '../kernel/clock.js'
import type { ApiInput } from '../platform/http/operation.js'
import type { Answer } from '../platform/http/kept-answers.js'
import type { Lang } from '../messages/index.js'
import type { CalendarPlan } from '../recurrence/index.js'
import { type Availability, datesOf, type FreeDay } from './availability.js'
import type { Calendars } from './calendars.js'
import type { DaysQuery, OfferParams } from './seat.forms.js'
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

/** Bounded: whoever asks for every possible range must not fill the memory. */
const MOST = 2000

const HEADERS = { 'Content-Type': 'application/json; charset=utf-8' }

/**
 * The month answers as bytes, each kept exactly as long as it is true: until a seat of its calendar is taken or given
 * back, the calendar changes, or the clock moves a slot, a hold or the day out of it.
 */
export class DaysAnswers {
  private readonly made = new Map<string, Made>()

  constructor(private readonly deps: Deps) {}

  /** The kept answer to a request, or null when it must be made. */
  ready(lang: Lang, address: string): Answer | null {
    const made = this.made.get(keyOf(lang, address))
    return made && this.holds(made) ? answerOf(made.body) : null
  }

  /** @returns the kept answer after all if what it is made of reads the same again (a shared database), or a new one */
  async make({ params, query, lang, req }: ApiInput<OfferParams, DaysQuery>): Promise<Answer> {
    const { availability, calendars, takenDays, clock } = this.deps
    const asked = { siteId: params.site, serviceId: params.service, ...query, lang }
    const plan = await calendars.planOf(params.site, params.service)
    // Without a calendar there is nothing to be told of a change: that answer is quickly made, and not kept.
    if (!plan) return answerOf(bytesOf(await availability.days(asked)))
    const key = keyOf(lang, req.originalUrl)
    const dates = datesOf(query)
    await takenDays.of(plan, dates)
    const [revision, readAtMs, madeAt] = [takenDays.revision(plan), takenDays.readAtMs(plan, dates), clock()]
    const kept = this.made.get(key)
    if (kept && this.holds({ ...kept, readAtMs })) {
      kept.readAtMs = readAtMs
      return answerOf(kept.body)
    }
    const body = bytesOf(await availability.days(asked))
    const changesAtMs = (await availability.changesAt(asked, madeAt)).getTime()
    if (this.made.size >= MOST) this.made.clear()
    this.made.set(key, { body, plan, revision, changesAtMs, readAtMs })
    return answerOf(body)
  }

  private holds({ plan, revision, changesAtMs, readAtMs }: Made): boolean {
    const { takenDays, calendars, clock } = this.deps
    if (performance.now() - readAtMs > takenDays.believedMs || clock().getTime() >= changesAtMs) return false
    return takenDays.revision(plan) === revision && calendars.isCurrent(plan)
  }
}

const bytesOf = (days: FreeDay[]): Buffer => Buffer.from(JSON.stringify({ days }))

const answerOf = (body: Buffer): Answer => ({ status: 200, body, headers: HEADERS })

const keyOf = (lang: Lang, address: string): string => `${lang} ${address}`
