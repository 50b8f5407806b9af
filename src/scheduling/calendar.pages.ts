import { zonedIso } from '../kernel/local-day.js'
import type { CalendarPlan, Closure, SpecialOpening } from '../recurrence/index.js'

/** A calendar as its manager edits it (contract.md). */
export const publicCalendar = ({ calendarId, serviceIds, rules, minNoticeMinutes, horizonDays }: CalendarPlan) => ({
  id: calendarId,
  services: serviceIds,
  rules,
  minNoticeMinutes,
  horizonDays,
})

/** Days where it was made of days, else instants with the site's offset. */
export const publicClosure = (closure: Closure, timeZone: string) => ({
  id: closure.id,
  from: closure.fromOn ?? (closure.fromAt && zonedIso(closure.fromAt, timeZone)),
  to: closure.toOn ?? (closure.toAt && zonedIso(closure.toAt, timeZone)),
  reason: closure.reason,
  public: closure.isPublic,
  calendar: closure.calendarId,
})

export const publicOpening = ({ id, day, windows }: SpecialOpening, calendar: string) => ({
  id,
  calendar,
  date: day,
  rules: windows,
})
