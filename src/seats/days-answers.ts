import type { Clock } from '../kernel/clock.js'
import type { ApiInput } from '../platform/http/api.js'
import type { Answer } from '../platform/http/kept-answers.js'
import type { Lang } from '../messages/index.js'
import type { CalendarPlan } from '../scheduling/index.js'
import { type Availability, datesOf } from './availability.js'
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
    return made && this.holds(made) ? { status: 200, body: made.body, headers: HEADERS } : null
  }

  async make({ params, query, lang, req }: ApiInput<OfferParams, DaysQuery>): Promise<Answer> {
    const asked = { siteId: params.site, serviceId: params.service, ...query, lang }
    const plan = await this.deps.calendars.planOf(params.site, params.service)
    const revision = plan ? this.deps.takenDays.revision(plan) : 0
    const madeAt = this.deps.clock()
    const readAtMs = plan ? this.deps.takenDays.readAtMs(plan, datesOf(query)) : 0
    const days = await this.deps.availability.days(asked)
    const body = Buffer.from(JSON.stringify({ days }))
    // Without a calendar there is nothing to be told of a change: that answer is quickly made, and not kept.
    if (plan) {
      const changesAtMs = (await this.deps.availability.changesAt(asked, madeAt)).getTime()
      if (this.made.size >= MOST) this.made.clear()
      this.made.set(keyOf(lang, req.originalUrl), { body, plan, revision, changesAtMs, readAtMs })
    }
    return { status: 200, body, headers: HEADERS }
  }

  private holds({ plan, revision, changesAtMs, readAtMs }: Made): boolean {
    const { takenDays, calendars, clock } = this.deps
    if (performance.now() - readAtMs > takenDays.believedMs || clock().getTime() >= changesAtMs) return false
    return takenDays.revision(plan) === revision && calendars.isCurrent(plan)
  }
}

const keyOf = (lang: Lang, address: string): string => `${lang} ${address}`
