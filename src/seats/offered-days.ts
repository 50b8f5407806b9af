import type { LocalDay } from '../kernel/local-day.js'
import { type CalendarPlan, type OfferedDay, offeredSlots } from '../scheduling/index.js'

/** A plan never changes: a change of the calendar makes a new one, and the days of the old go with it. */
const known = new WeakMap<CalendarPlan, Map<LocalDay, OfferedDay>>()

/** Enough for a year of days of one calendar. */
const MOST = 400

/** `offeredSlots`, computed once per plan and day. */
export function offeredDay(plan: CalendarPlan, day: LocalDay): OfferedDay {
  let days = known.get(plan)
  if (!days || days.size > MOST) {
    days = new Map()
    known.set(plan, days)
  }
  const offered = days.get(day) ?? offeredSlots(plan, day)
  days.set(day, offered)
  return offered
}
