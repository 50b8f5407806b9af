import type { LocalDay } from '../kernel/local-day.js'
import { type CalendarPlan, holidayOn, type Span, wallInstant, withoutClosures } from '../recurrence/index.js'
import { offeredDay } from './offered-days.js'

export interface WalkInFacts {
  /** Local times `HH:mm`; null: the service takes nobody without a booking here. */
  window: { from: string; to: string } | null
  timeZone: string
  /** The site's calendars: it is open on the days on which one of them offers something, or would but for a closure of its own. */
  plans: readonly CalendarPlan[]
  openOnHolidays: readonly string[]
}

/** W3: a service's walk-in window on one day, less the hours for which the whole site is closed; ascending. */
export function walkInSpans({ window, timeZone, plans, openOnHolidays }: WalkInFacts, day: LocalDay): Span[] {
  if (!window || !isOpenDay(plans, openOnHolidays, day)) return []
  const whole = { from: wallInstant(day, window.from, timeZone), to: wallInstant(day, window.to, timeZone) }
  const closures = plans.flatMap((plan) => plan.closures).filter(({ calendarId }) => calendarId === null)
  return withoutClosures([whole], closures, day)
}

/** Without a calendar nobody has said when the site opens: then on every day that is no Sunday and no holiday. */
function isOpenDay(plans: readonly CalendarPlan[], openOnHolidays: readonly string[], day: LocalDay): boolean {
  if (plans.length > 0) return plans.some((plan) => offeredDay(ofSite(plan), day).slots.length > 0)
  const isSunday = new Date(`${day}T00:00:00Z`).getUTCDay() === 0
  return !isSunday && (holidayOn(day) === null || openOnHolidays.includes(day))
}

const known = new WeakMap<CalendarPlan, CalendarPlan>()

/** The plan without the closures of its calendar alone: where nobody books that day, the site is open all the same. */
function ofSite(plan: CalendarPlan): CalendarPlan {
  if (plan.closures.every(({ calendarId }) => calendarId === null)) return plan
  const siteWide = known.get(plan) ?? {
    ...plan,
    closures: plan.closures.filter(({ calendarId }) => calendarId === null),
  }
  known.set(plan, siteWide)
  return siteWide
}
