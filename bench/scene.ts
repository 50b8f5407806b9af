import { exampleSites, type SiteFacts } from '../src/sites/index.js'

/** What the benchmark takes place in: twenty sites that offer one service, a Monday morning. */
export const NOW = new Date('2026-11-23T09:00:00+01:00')
export const SERVICE = 'scelta-revoca'
export const SITES = Array.from({ length: 20 }, (_, i) => `site-${i + 1}`)
/** The month that is asked for: thirty dates, 21 of them working days but Immaculate Conception. */
export const MONTH = { from: '2026-11-24', to: '2026-12-23' }
/** Every month view of the twenty sites. */
export const DAYS_PATHS = SITES.map(
  (site) => `/api/v1/sites/${site}/services/${SERVICE}/days?from=${MONTH.from}&to=${MONTH.to}`,
)
/** A day's slots, and the board, of the twenty sites. */
export const SLOTS_PATHS = SITES.map(
  (site) => `/api/v1/sites/${site}/services/${SERVICE}/slots?date=2026-12-02&persons=1`,
)
export const BOARD_PATHS = SITES.map((site) => `/api/v1/sites/${site}/board`)
export const BOOKINGS_PATH = '/api/v1/bookings'
/** Of each slot that is booked under load: more than the benchmark ever takes. */
export const MANY_SEATS = 1_000_000

export interface Slot {
  site: string
  start: string
}

export function twentySites(): SiteFacts {
  const { sites, services, offers } = exampleSites()
  const [pattern] = sites
  const offer = offers.find(({ serviceId }) => serviceId === SERVICE)
  if (!pattern || !offer) throw new Error('no example site')
  return {
    services,
    sites: SITES.map((id, position) => ({ ...pattern, id, name: id, position })),
    offers: SITES.map((siteId) => ({ ...offer, siteId, personsPerSlot: 1 })),
  }
}

const twoDigits = (value: number): string => String(value).padStart(2, '0')

/** The 16 starts of a day at every site. */
const slotsOf = (day: string): Slot[] =>
  Array.from({ length: 16 }, (_, i) => 8 * 60 + 30 + i * 15).flatMap((minute) => {
    const start = `${day}T${twoDigits(Math.floor(minute / 60))}:${twoDigits(minute % 60)}:00+01:00`
    return SITES.map((site) => ({ site, start }))
  })

/** Bookings under load go to 320 slots in turn, or all of them onto one. */
export const SPREAD: readonly Slot[] = slotsOf('2026-12-01')
export const HOT: Slot = { site: 'site-1', start: '2026-12-02T09:00:00+01:00' }

/** Working days from 9 December to Easter: of each the first booking counts its slots. */
const FIRST_DAYS = Array.from({ length: 108 }, (_, n) => new Date(Date.UTC(2026, 11, 9 + n)))
  .filter((day) => day.getUTCDay() % 6 !== 0)
  .map((day) => day.toISOString().slice(0, 10))
  .filter((day) => !['2026-12-25', '2027-01-01', '2027-01-06'].includes(day))

/** The n-th slot whose day nobody has booked at its site. */
export function firstOf(n: number): Slot {
  const day = FIRST_DAYS[Math.floor(n / SITES.length)]
  if (day === undefined) throw new Error('no day is left that nobody has booked')
  return { site: SITES[n % SITES.length] ?? '', start: `${day}T08:30:00+01:00` }
}

/** The n-th slot of a month that is half booked: one of its two seats is left. */
export function lastSeat(n: number): Slot {
  const slot = slotsOf('2026-12-03')[n]
  if (!slot) throw new Error('no seat is left to race for')
  return slot
}

/** From here on: persons whom no round of the load books for. */
export const LAST_PERSON = 9_000_000
