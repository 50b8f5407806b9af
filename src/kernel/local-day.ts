import { DAY_MS, MINUTE_MS } from './clock.js'
import { onceEach } from './once-each.js'
import { firstShowing, offsetMinutes, wallMs } from './zone-clock.js'

/** A calendar day at a site, `YYYY-MM-DD`, without a zone of its own. */
export type LocalDay = string

const DAY = /^\d{4}-\d{2}-\d{2}$/

/** True for an existing day between 1970 and 2199 written `YYYY-MM-DD`; 2026-02-31 is none (T19). */
export function isLocalDay(text: string): boolean {
  if (!DAY.test(text) || text < '1970-01-01' || text >= '2200-01-01') return false
  const day = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
}

const MOST_DAYS = 4000

/** The n-th day since 1970. */
const dayAt = onceEach(MOST_DAYS, (index: number): LocalDay => new Date(index * DAY_MS).toISOString().slice(0, 10))

const indexOf = (day: LocalDay): number => Date.parse(`${day}T00:00:00Z`) / DAY_MS

/** The local day an instant falls on. `zone` is an IANA name. */
export const localDay = (instant: Date, zone: string): LocalDay => dayAt(Math.floor(wallMs(instant, zone) / DAY_MS))

/** The day `count` days later (earlier when negative). */
export const addDays = (day: LocalDay, count: number): LocalDay => dayAt(indexOf(day) + count)

/** Days from `from` to `to`; negative when `to` is earlier. */
export const daysBetween = (from: LocalDay, to: LocalDay): number => indexOf(to) - indexOf(from)

/** The first instant of a local day, or of the next when the clocks leave it out. */
export const startOfDay = (day: LocalDay, zone: string): Date => firstShowing(indexOf(day) * DAY_MS, zone)

/** Minutes since local midnight, as the clocks at the site show them. */
export const minuteOfDay = (instant: Date, zone: string): number => {
  const shownMs = wallMs(instant, zone)
  return Math.floor((shownMs - Math.floor(shownMs / DAY_MS) * DAY_MS) / MINUTE_MS)
}

const twoDigits = (value: number): string => String(Math.floor(value)).padStart(2, '0')

/** RFC 3339 with the zone's offset at that instant, to the second: `2026-11-24T08:30:00+01:00` (contract.md). */
export function zonedIso(instant: Date, zone: string): string {
  const offset = offsetMinutes(instant.getTime(), zone)
  const [ahead, shown] = [Math.abs(offset), new Date(wallMs(instant, zone)).toISOString().slice(0, 19)]
  return `${shown}${offset < 0 ? '-' : '+'}${twoDigits(ahead / 60)}:${twoDigits(ahead % 60)}`
}
