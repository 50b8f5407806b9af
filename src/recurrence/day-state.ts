import { addDays, type LocalDay, localDay } from '../kernel/local-day.js'
import { type BookableSettings, hasNotice, lastBookableDay } from './bookable-window.js'
import type { ClosedReason, OfferedDay, Slot } from './calendar-plan.js'

/** S7, the calendar's share; `not-offered` and `full` are for those who know services and seats. */
export type CalendarReason =
  | { code: 'past' }
  | { code: 'closed'; closed: ClosedReason }
  | { code: 'too-soon' }
  | { code: 'not-open-yet'; opensOn: LocalDay }

/** The slots that may be booked now, and the reason when there is none: exactly one of the two is empty. */
export interface DayState {
  bookable: Slot[]
  reason: CalendarReason | null
}

/**
 * What of an offered day may be booked now (S6), or why nothing (S7; the first that applies of past, closed, too-soon,
 * not-open-yet). Past is a day whose every start has passed, too soon one whose starts ahead are all inside the notice;
 * today without slots is closed.
 */
export function dayState(settings: BookableSettings, offered: OfferedDay & { day: LocalDay }, now: Date): DayState {
  const none = (reason: CalendarReason): DayState => ({ bookable: [], reason })
  const { day, slots, closed } = offered
  if (day < localDay(now, settings.timeZone)) return none({ code: 'past' })
  if (closed) return none({ code: 'closed', closed })
  const inTime = slots.filter((slot) => hasNotice(settings, slot.startsAt, now))
  if (inTime.length === 0) return none({ code: slots.some(({ startsAt }) => startsAt >= now) ? 'too-soon' : 'past' })
  if (day > lastBookableDay(settings, now)) {
    return none({ code: 'not-open-yet', opensOn: addDays(day, -settings.horizonDays) })
  }
  return { bookable: inTime, reason: null }
}
