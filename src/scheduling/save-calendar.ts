import type { FieldFault } from '../kernel/app-error.js'
import { notFound } from '../kernel/app-error.js'
import { inTurns } from '../kernel/in-turns.js'
import type { Tx } from '../platform/db/tx.js'
import { type SiteFacts, SiteStore } from '../sites/index.js'
import { type CalendarDeps, closeChange, faulty } from './calendar-changes.js'
import { type CalendarSettings, CalendarStore } from './calendar.store.js'
import { ruleFaults, unusedMinutes } from '../recurrence/index.js'

export interface SaveCalendarCommand extends CalendarSettings {
  siteId: string
  calendarId: string
  /** Who saves it, for the audit record. */
  who: string
}

export interface SavedCalendar {
  /** False: it replaced what was there. */
  created: boolean
  /** S2: per rule, the minutes at the end of its time that are too few for a slot. */
  unusedMinutes: number[]
}

const DAY_MINUTES = 1440
/** contract.md: a calendar's settings, in minutes and days. */
const LIMITS = { minNoticeMinutes: 43_200, horizonDays: 365 } as const

/**
 * Makes a calendar or replaces its settings and rules; its closures and openings stay, and so does every booking (S8).
 * @throws not-found `unknown-site`; not-allowed `rule-overlap`, `rule-empty`, `rule-times`, `rule-recurrence`,
 * `rule-seats`, `invalid`, with the fields (S1, S4, S7)
 */
export const makeSaveCalendar =
  (deps: CalendarDeps) =>
  async (tx: Tx, { siteId, calendarId, who, ...settings }: SaveCalendarCommand): Promise<SavedCalendar> => {
    const limits = checkLimits(settings)
    const faults = [
      ...limits,
      ...(limits.length > 0 ? [] : checkReach(settings)),
      ...(await inTurns(ruleFaults(settings.rules))),
    ]
    if (faults.length > 0) throw faulty(faults)
    await tx.own(`calendars:${siteId}`)
    const store = new CalendarStore(tx.em)
    const present = await store.ofSite(siteId)
    const before = present.find(({ id }) => id === calendarId)
    const others = present.filter((calendar) => calendar !== before)
    const wrongServices = checkServices(siteId, settings, { facts: await new SiteStore(tx.em).loadAll(), others })
    if (wrongServices.length > 0) throw faulty(wrongServices)
    const key = { siteId, id: calendarId }
    await (before ? store.replace(key, settings) : store.add(key, settings))
    await closeChange(tx, deps, {
      siteId,
      calendarIds: [calendarId],
      who,
      what: 'save-calendar',
      subjectKind: 'calendar',
      subjectId: `${siteId}/${calendarId}`,
      from: before ? summaryOf(before) : null,
      to: summaryOf(settings),
    })
    return { created: !before, unusedMinutes: settings.rules.map(unusedMinutes) }
  }

function checkLimits(settings: CalendarSettings): FieldFault[] {
  return (['minNoticeMinutes', 'horizonDays'] as const)
    .filter((field) => !Number.isInteger(settings[field]) || settings[field] < 0 || settings[field] > LIMITS[field])
    .map((field) => ({ field, code: 'range', params: { min: 0, max: LIMITS[field] } }))
}

/** S7: with a notice as long as its horizon a calendar would never be booked. */
const checkReach = ({ minNoticeMinutes, horizonDays }: CalendarSettings): FieldFault[] =>
  minNoticeMinutes >= Math.max(horizonDays, 1) * DAY_MINUTES ? [{ field: 'minNoticeMinutes', code: 'rule-empty' }] : []

/**
 * S1: at least one service, each one that the site offers and people may book; none twice at one site, so that a start has
 * one calendar.
 */
function checkServices(
  siteId: string,
  { serviceIds }: CalendarSettings,
  { facts, others }: { facts: SiteFacts; others: readonly { id: string; serviceIds: string[] }[] },
): FieldFault[] {
  if (!facts.sites.some(({ id }) => id === siteId)) throw notFound('unknown-site')
  if (serviceIds.length === 0) return [{ field: 'services', code: 'required' }]
  return serviceIds.flatMap((serviceId, index): FieldFault[] => {
    const field = `services[${index}]`
    const isOffered = facts.offers.some((offer) => offer.siteId === siteId && offer.serviceId === serviceId)
    if (!isOffered) return [{ field, code: 'unknown-service' }]
    if (!facts.services.some(({ id, bookable }) => id === serviceId && bookable))
      return [{ field, code: 'service-not-bookable' }]
    const other = others.find((calendar) => calendar.serviceIds.includes(serviceId))
    return other ? [{ field, code: 'service-has-calendar', params: { calendar: other.id } }] : []
  })
}

/** For the audit record. */
const summaryOf = ({ serviceIds, rules, minNoticeMinutes, horizonDays }: CalendarSettings): string =>
  JSON.stringify({ rules, minNoticeMinutes, horizonDays, serviceIds })
