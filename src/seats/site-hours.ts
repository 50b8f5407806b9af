import { addDays, type LocalDay, localDay } from '../kernel/local-day.js'
import type { CalendarPlan, Span } from '../recurrence/index.js'
import type { Site, SiteService } from '../sites/index.js'
import type { Calendars } from './calendars.js'
import { openDay } from './offered-days.js'
import { walkInSpans } from './walk-in-spans.js'

/** When a site has its counters open: what its calendars and its walk-in windows say. */
export interface HoursFacts {
  site: Pick<Site, 'timeZone' | 'openOnHolidays'>
  offers: readonly Pick<SiteService, 'walkInFrom' | 'walkInTo'>[]
  plans: readonly CalendarPlan[]
}

/** The first opening of a day and its closing: the end of its last opening or walk-in window (K11). */
export interface SiteHours {
  opensAt: Date
  closesAt: Date
}

/** How far ahead the next opening is looked for. */
const DAYS_AHEAD = 60
/** K11: the day ends so long after closing. */
const AFTER_CLOSING_MS = 2 * 3_600_000

/** The plans of the calendars that serve a site's services, each once. */
export async function plansOf(
  calendars: Pick<Calendars, 'planOf'>,
  offers: readonly Pick<SiteService, 'siteId' | 'serviceId'>[],
): Promise<CalendarPlan[]> {
  const plans = new Set<CalendarPlan>()
  for (const { siteId, serviceId } of offers) {
    const plan = await calendars.planOf(siteId, serviceId)
    if (plan) plans.add(plan)
  }
  return [...plans]
}

/** @returns null on a day on which the site does not open */
export function siteHours(facts: HoursFacts, day: LocalDay): SiteHours | null {
  const spans = spansOf(facts, day)
  if (spans.length === 0) return null
  const opensMs = Math.min(...spans.map(({ from }) => from.getTime()))
  return { opensAt: new Date(opensMs), closesAt: new Date(Math.max(...spans.map(({ to }) => to.getTime()))) }
}

/**
 * The day's hours for who has a booking: shortened or closed since, they wait until the booking's own end for who was left
 * outside (S8). What the link says, what a kiosk does and when nobody is expected any more come from here (D1, W1, K11).
 */
export const hoursFor = (hours: SiteHours, { endsAt }: { endsAt: Date }): SiteHours =>
  endsAt > hours.closesAt ? { ...hours, closesAt: endsAt } : hours

/** K11: when the day is over; null: only at midnight. */
export const dayEnd = (hours: SiteHours | null): Date | null =>
  hours && new Date(hours.closesAt.getTime() + AFTER_CLOSING_MS)

/** When the site opens next, after `now`; null: not in the next two months. */
export function nextOpening(facts: HoursFacts, now: Date): Date | null {
  const today = localDay(now, facts.site.timeZone)
  for (let ahead = 0; ahead <= DAYS_AHEAD; ahead++) {
    const starts = spansOf(facts, addDays(today, ahead)).map(({ from }) => from.getTime())
    const next = starts.filter((startMs) => startMs > now.getTime())
    if (next.length > 0) return new Date(Math.min(...next))
  }
  return null
}

function spansOf({ site, offers, plans }: HoursFacts, day: LocalDay): Span[] {
  const walkIns = offers.flatMap(({ walkInFrom: from, walkInTo: to }) =>
    from !== null && to !== null ? walkInSpans({ window: { from, to }, plans, ...site }, day) : [],
  )
  return [...plans.flatMap((plan) => openDay(plan, day)), ...walkIns]
}
