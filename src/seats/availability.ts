import type { Clock } from '../kernel/clock.js'
import { addDays, daysBetween, type LocalDay, localDay, startOfDay } from '../kernel/local-day.js'
import { inTurns, type Steps } from '../kernel/in-turns.js'
import { type Lang, translator } from '../messages/index.js'
import { type CalendarPlan, lastBookableDay } from '../recurrence/index.js'
import type { SiteDirectory } from '../sites/index.js'
import type { Calendars } from './calendars.js'
import { slotsNeeded } from './free-starts.js'
import { firstPossibleDay } from './first-possible-day.js'
import { offeredDay } from './offered-days.js'
import { type NoSlotReason, reasonWords } from './no-slot-reason.js'
import type { GivenUp } from './given-up.js'
import { type Asked, type FreeSlots, slotsOf } from './slots-of-day.js'
import type { TakenDay, TakenDays } from './taken-days.js'

export interface SeatQuery {
  siteId: string
  serviceId: string
  persons: number
  lang: Lang
  /** Of a booking or hold that would be given up for another start (K8): they are free for it. */
  insteadOf?: GivenUp
}

/** One day of the month view. */
export interface FreeDay {
  date: LocalDay
  /** Sum over the day's starts (S8). */
  free: number
  /** Null exactly when `free` > 0. */
  reason: NoSlotReason | null
}

interface Deps {
  calendars: Calendars
  directory: SiteDirectory
  takenDays: TakenDays
  clock: Clock
}

/** How many days a search for the first free one reads at a time. */
const SEARCH_STEP = 31

/** Free seats as everybody sees them: a month, a day, the first free moment. */
export class Availability {
  constructor(private readonly deps: Deps) {}

  /** Every date in `[from, to]`. */
  async days(query: SeatQuery & { from: LocalDay; to: LocalDay }): Promise<FreeDay[]> {
    const dates = datesOf(query)
    const asked = await this.ask(query)
    if (!asked) return this.notOffered(query, dates)
    const taken = await this.deps.takenDays.of(asked.plan, dates)
    return inTurns(freeDays(asked, dates, taken))
  }

  /** The starts of one day that may be booked now, full ones with `free` 0. */
  async slots(query: SeatQuery & { day: LocalDay }): Promise<FreeSlots> {
    const asked = await this.ask(query)
    if (!asked) return { slots: [], reason: (await this.notOffered(query, [query.day]))[0]?.reason ?? null }
    const taken = await this.deps.takenDays.of(asked.plan, [query.day])
    return slotsOf(asked, query.day, taken.get(query.day))
  }

  /** The first start with a free seat within the horizon, or null. */
  async firstFree(siteId: string, serviceId: string, persons = 1): Promise<Date | null> {
    return (await this.nextFree({ siteId, serviceId, persons, lang: 'it' }, this.deps.clock(), 1))[0] ?? null
  }

  /** Up to `count` free starts at or after `after`, soonest first. */
  async nextFree(query: SeatQuery, after: Date, count: number): Promise<Date[]> {
    const asked = await this.ask(query)
    if (!asked) return []
    const last = lastBookableDay(asked.plan, asked.now)
    const found: Date[] = []
    for (
      let day = localDay(after, asked.plan.timeZone);
      day <= last && found.length < count;
      day = addDays(day, SEARCH_STEP)
    ) {
      const dates = Array.from({ length: SEARCH_STEP }, (_, i) => addDays(day, i)).filter((date) => date <= last)
      const taken = await this.deps.takenDays.of(asked.plan, dates)
      for (const date of dates) {
        if (found.length >= count) break
        const free = slotsOf(asked, date, taken.get(date)).slots.filter(
          (slot) => slot.free > 0 && slot.startsAt >= after,
        )
        found.push(...free.map(({ startsAt }) => startsAt))
      }
    }
    return found.slice(0, count)
  }

  /**
   * The next local day after today on which the horizon (S6) reaches a day with a free start: when it is worth looking
   * again, while nothing is free. @returns null when there is none within a month
   */
  async opensNext(query: SeatQuery): Promise<LocalDay | null> {
    const asked = await this.ask(query)
    if (!asked) return null
    const { plan, now } = asked
    const ahead = Array.from({ length: SEARCH_STEP }, (_, index) => index + 1)
    const local = (days: number) => addDays(localDay(now, plan.timeZone), days)
    const reached = (days: number) => addDays(lastBookableDay(plan, now), days)
    const taken = await this.deps.takenDays.of(plan, ahead.map(reached))
    const opens = ahead.find((days) => {
      const then = { ...asked, now: startOfDay(local(days), plan.timeZone) }
      return slotsOf(then, reached(days), taken.get(reached(days))).slots.some(({ free }) => free > 0)
    })
    return opens === undefined ? null : local(opens)
  }

  /**
   * Until when an answer about these days, made at `madeAt`, stays true if nobody books: notice, claims and midnight move
   * it. The moment counts at which the making began: what the clock did meanwhile ends the answer too.
   */
  async changesAt(query: SeatQuery & { from: LocalDay; to: LocalDay }, madeAt: Date): Promise<Date> {
    const plan = await this.deps.calendars.planOf(query.siteId, query.serviceId)
    const timeZone = plan?.timeZone ?? (await this.deps.directory.site(query.siteId)).timeZone
    const midnight = startOfDay(addDays(localDay(madeAt, timeZone), 1), timeZone)
    if (!plan) return midnight
    const moments = [midnight.getTime()]
    const noticeMs = plan.minNoticeMinutes * 60_000
    const dates = datesOf(query)
    for (const taken of (await this.deps.takenDays.of(plan, dates)).values()) {
      moments.push(...taken.claims.map(({ expiresMs }) => expiresMs).filter((ms) => ms > madeAt.getTime()))
    }
    for (const day of [...dates, ...lookedAt(plan, madeAt)]) {
      const starts = offeredDay(plan, day).slots.map(({ startsAt }) => startsAt.getTime())
      const [next, last] = [starts.find((ms) => ms >= madeAt.getTime() + noticeMs), starts.at(-1)]
      // One millisecond later that start is inside the notice, or the day's last one has passed.
      if (next !== undefined) moments.push(next - noticeMs + 1)
      if (last !== undefined && last >= madeAt.getTime()) moments.push(last + 1)
    }
    return new Date(Math.min(...moments))
  }

  private async ask({ siteId, serviceId, persons, lang, insteadOf }: SeatQuery): Promise<Asked | null> {
    // The plan first: reading a new one makes the directory forget what it knew of the site (K2).
    const plan = await this.deps.calendars.planOf(siteId, serviceId)
    const offer = plan && (await this.deps.directory.offer(siteId, serviceId))
    if (!plan || !offer || !(await this.deps.directory.service(serviceId)).bookable) return null
    const needed = slotsNeeded(persons, offer.personsPerSlot)
    const isSame = insteadOf?.calendarId === plan.calendarId && insteadOf.siteId === plan.siteId
    const own = isSame ? insteadOf.spans : []
    return { plan, needed, now: this.deps.clock(), lang, own, except: (isSame && insteadOf.except) || null }
  }

  private async notOffered(query: SeatQuery, dates: readonly LocalDay[]): Promise<FreeDay[]> {
    const { timeZone } = await this.deps.directory.site(query.siteId)
    const today = localDay(this.deps.clock(), timeZone)
    const t = translator(query.lang)
    return dates.map((date) => ({
      date,
      free: 0,
      reason: reasonWords(date < today ? { code: 'past' } : { code: 'not-offered' }, t),
    }))
  }
}

export const datesOf = ({ from, to }: { from: LocalDay; to: LocalDay }): LocalDay[] =>
  Array.from({ length: daysBetween(from, to) + 1 }, (_, index) => addDays(from, index))

/** A day outside the range that its answer names, when it is too soon for those in it. */
const lookedAt = (plan: CalendarPlan, now: Date): LocalDay[] => {
  const day = firstPossibleDay(plan, now)
  return day === null ? [] : [day]
}

/** Two months of a slot a minute are more than one turn's work: a step is one day. */
function* freeDays(asked: Asked, dates: LocalDay[], taken: ReadonlyMap<LocalDay, TakenDay>): Steps<FreeDay[]> {
  const days: FreeDay[] = []
  for (const date of dates) {
    const { slots, reason } = slotsOf(asked, date, taken.get(date))
    days.push({ date, free: slots.reduce((sum, { free }) => sum + free, 0), reason })
    yield
  }
  return days
}
