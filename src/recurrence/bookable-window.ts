import { MINUTE_MS } from '../kernel/clock.js'
import { addDays, type LocalDay, localDay } from '../kernel/local-day.js'
import type { CalendarPlan } from './calendar-plan.js'

/** The settings of a calendar that say how late and how early one may book. */
export type BookableSettings = Pick<CalendarPlan, 'timeZone' | 'minNoticeMinutes' | 'horizonDays'>

/** S6: not before the notice (elapsed time) and not after the horizon (local days, the last one included). */
export const isBookable = (settings: BookableSettings, startsAt: Date, now: Date): boolean =>
  hasNotice(settings, startsAt, now) && localDay(startsAt, settings.timeZone) <= lastBookableDay(settings, now)

/** True while there is still enough time left before the start. */
export const hasNotice = ({ minNoticeMinutes }: BookableSettings, startsAt: Date, now: Date): boolean =>
  startsAt.getTime() >= now.getTime() + minNoticeMinutes * MINUTE_MS

/** The furthest local day that may be booked today. */
export const lastBookableDay = ({ timeZone, horizonDays }: BookableSettings, now: Date): LocalDay =>
  addDays(localDay(now, timeZone), horizonDays)
