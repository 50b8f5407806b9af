import type { SaveCalendarCommand } from '../src/scheduling/index.js'
import { exampleSites, type SiteFacts } from '../src/sites/index.js'

/** What the benchmark takes place in: twenty sites with one service, the day before the first bookable one. */
export const NOW = new Date('2026-11-23T09:00:00+01:00')
export const SITES = Array.from({ length: 20 }, (_, i) => `site-${i + 1}`)
export const SERVICE = 'scelta-revoca'
/** The month that is asked for: thirty dates. */
export const MONTH = { from: '2026-11-24', to: '2026-12-23' }

export const daysPath = (siteId: string): string =>
  `/api/v1/sites/${siteId}/services/${SERVICE}/days?from=${MONTH.from}&to=${MONTH.to}`

export const BOOKINGS_PATH = '/api/v1/bookings'

export function twentySites(): SiteFacts {
  const { sites, services } = exampleSites()
  const [pattern] = sites
  if (!pattern) throw new Error('no example site')
  return {
    services,
    sites: SITES.map((id, position) => ({ ...pattern, id, name: id, position })),
    offers: SITES.map((siteId) => ({ siteId, serviceId: SERVICE, personsPerSlot: 1 })),
  }
}

/** Open every day from 8 to 13 by quarters of an hour. */
export const calendar = (siteId: string, seats: number): SaveCalendarCommand => ({
  siteId,
  calendarId: SERVICE,
  serviceIds: [SERVICE],
  minNoticeMinutes: 60,
  horizonDays: 30,
  rules: [{ rrule: 'FREQ=DAILY', startsOn: '2026-01-01', from: '08:00', to: '13:00', slotMinutes: 15, seats }],
  who: 'bench',
})

/** The 20 starts of a day, with Rome's offset in winter. */
export const startsOf = (day: string): string[] =>
  Array.from({ length: 20 }, (_, i) => `${day}T${String(8 + Math.floor(i / 4)).padStart(2, '0')}:${String((i % 4) * 15).padStart(2, '0')}:00+01:00`)

/** Where the n-th booking goes: over 400 slots (20 sites, 20 starts of one day), or always onto one of another day. */
export function slotOf(number: number, kind: 'spread' | 'hot'): { site: string; start: string } {
  if (kind === 'hot') return { site: 'site-1', start: '2026-12-02T09:00:00+01:00' }
  const starts = startsOf('2026-12-01')
  return { site: SITES[number % 20] as string, start: starts[Math.floor(number / 20) % 20] as string }
}
