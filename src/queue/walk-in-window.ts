import { addDays, type LocalDay, localDay } from '../kernel/local-day.js'
import { type CalendarPlan, holidayOn, wallInstant } from '../scheduling/index.js'
import { offeredDay } from '../seats/index.js'

/** Half-open. */
interface Span {
  from: Date
  to: Date
}

export interface WalkInFacts {
  /** Local times `HH:mm`; null: the service takes nobody without a booking here. */
  window: { from: string; to: string } | null
  timeZone: string
  /** The site's calendars: it is open on the days on which one of them offers something, or would but for a closure of its own. */
  plans: readonly CalendarPlan[]
  openOnHolidays: readonly string[]
}

/** How far ahead the next opening is looked for. */
const DAYS_AHEAD = 60

/** W3: whether walk-ins are taken now, and if not, when next (null: not in the next two months). */
export function walkInNow(facts: WalkInFacts, now: Date): { isOpen: boolean; opensAt: Date | null } {
  const today = localDay(now, facts.timeZone)
  if (spansOf(facts, today).some(({ from, to }) => from <= now && now < to)) return { isOpen: true, opensAt: null }
  for (let ahead = 0; ahead <= DAYS_AHEAD; ahead++) {
    const next = spansOf(facts, addDays(today, ahead)).find(({ from }) => from > now)
    if (next) return { isOpen: false, opensAt: next.from }
  }
  return { isOpen: false, opensAt: null }
}

/** The window on one day, less the hours for which the whole site is closed; ascending. */
function spansOf({ window, timeZone, plans, openOnHolidays }: WalkInFacts, day: LocalDay): Span[] {
  if (!window || !isOpenDay(plans, openOnHolidays, day)) return []
  let spans = [{ from: wallInstant(day, window.from, timeZone), to: wallInstant(day, window.to, timeZone) }]
  for (const { calendarId, fromAt, toAt } of plans.flatMap(({ closures }) => closures)) {
    if (calendarId !== null || fromAt === null || toAt === null) continue
    spans = spans.flatMap(({ from, to }) => [
      { from, to: to < fromAt ? to : fromAt },
      { from: from > toAt ? from : toAt, to },
    ])
  }
  return spans.filter(({ from, to }) => from < to)
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
