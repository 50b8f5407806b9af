import { MINUTE_MS } from '../kernel/clock.js'
import { addDays, type LocalDay, localDay } from '../kernel/local-day.js'
import { type CalendarPlan, hasNotice } from '../recurrence/index.js'
import { offeredDay } from './offered-days.js'

/** A calendar that opens less often has nothing to name. */
const MOST_DAYS = 366

/** S7: the first open day with a start outside the notice, full or not; null when there is none within a year. */
export function firstPossibleDay(plan: CalendarPlan, now: Date): LocalDay | null {
  const earliest = localDay(new Date(now.getTime() + plan.minNoticeMinutes * MINUTE_MS), plan.timeZone)
  for (let days = 0; days < MOST_DAYS; days++) {
    const day = addDays(earliest, days)
    if (offeredDay(plan, day).slots.some(({ startsAt }) => hasNotice(plan, startsAt, now))) return day
  }
  return null
}
