import type { LocalDay } from '../kernel/local-day.js'
import { type CalendarPlan, type OfferedDay, offeredSlots, openingSpans, type Span } from '../recurrence/index.js'

/** Enough for a year of days of one calendar. */
const MOST = 400

/** A plan never changes: a change of the calendar makes a new one, and the days of the old go with it. */
function oncePerDay<T>(compute: (plan: CalendarPlan, day: LocalDay) => T): (plan: CalendarPlan, day: LocalDay) => T {
  const known = new WeakMap<CalendarPlan, Map<LocalDay, T>>()
  return (plan, day) => {
    let days = known.get(plan)
    if (!days || days.size > MOST) {
      days = new Map()
      known.set(plan, days)
    }
    const found = days.get(day) ?? compute(plan, day)
    days.set(day, found)
    return found
  }
}

/** `offeredSlots`, computed once per plan and day. */
export const offeredDay: (plan: CalendarPlan, day: LocalDay) => OfferedDay = oncePerDay(offeredSlots)

/** `openingSpans`, computed once per plan and day. */
export const openDay: (plan: CalendarPlan, day: LocalDay) => readonly Span[] = oncePerDay(openingSpans)
