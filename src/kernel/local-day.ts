import { MINUTE_MS } from './clock.js'
import { DateTime } from 'luxon'

/** A calendar day at a site, `YYYY-MM-DD`, without a zone of its own. */
export type LocalDay = string

const DAY = /^\d{4}-\d{2}-\d{2}$/

/** True for an existing day between 1970 and 2199 written `YYYY-MM-DD`; 2026-02-31 is none (T19). */
export function isLocalDay(text: string): boolean {
  if (!DAY.test(text) || text < '1970-01-01' || text >= '2200-01-01') return false
  const day = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
}

/** Offsets of zones, by minute since 1970: asking for one takes longer than anything else a booking computes. */
const offsets = new Map<string, Map<number, number>>()
const MOST_MINUTES = 20_000

/** Minutes that the zone's clocks are ahead of UTC. */
function offsetMinutes(instant: Date, zone: string): number {
  const minute = Math.floor(instant.getTime() / MINUTE_MS)
  let known = offsets.get(zone)
  if (!known || known.size >= MOST_MINUTES) offsets.set(zone, (known = new Map<number, number>()))
  const offset = known.get(minute) ?? DateTime.fromJSDate(instant, { zone }).offset
  known.set(minute, offset)
  return offset
}

/** `YYYY-MM-DDTHH:mm:ss` as the zone's clocks show it. */
const wallClock = (instant: Date, offset: number): string =>
  new Date(instant.getTime() + offset * MINUTE_MS).toISOString().slice(0, 19)

/** The local day an instant falls on. `zone` is an IANA name. */
export const localDay = (instant: Date, zone: string): LocalDay =>
  wallClock(instant, offsetMinutes(instant, zone)).slice(0, 10)

/** The day `count` days later (earlier when negative). */
export function addDays(day: LocalDay, count: number): LocalDay {
  const moved = new Date(`${day}T00:00:00Z`)
  moved.setUTCDate(moved.getUTCDate() + count)
  return moved.toISOString().slice(0, 10)
}

/** Days from `from` to `to`; negative when `to` is earlier. */
export const daysBetween = (from: LocalDay, to: LocalDay): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)

/** The first instant of a local day. */
export const startOfDay = (day: LocalDay, zone: string): Date =>
  DateTime.fromISO(day, { zone }).startOf('day').toJSDate()

const twoDigits = (value: number): string => String(Math.floor(value)).padStart(2, '0')

/** RFC 3339 with the zone's offset at that instant, to the second: `2026-11-24T08:30:00+01:00` (contract.md). */
export function zonedIso(instant: Date, zone: string): string {
  const offset = offsetMinutes(instant, zone)
  const ahead = Math.abs(offset)
  return `${wallClock(instant, offset)}${offset < 0 ? '-' : '+'}${twoDigits(ahead / 60)}:${twoDigits(ahead % 60)}`
}
