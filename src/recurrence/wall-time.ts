import { IANAZone } from 'luxon'
import { DAY_MS, MINUTE_MS } from '../kernel/clock.js'
import type { LocalDay } from '../kernel/local-day.js'

const TIME = /^([01]\d|2[0-3]):([0-5]\d)$/

/** Minutes since local midnight on the wall clock; `24:00` is 1440. @returns null for what is no `HH:mm`. */
export function timeMinutes(time: string): number | null {
  if (time === '24:00') return 1440
  const [, hours, minutes] = TIME.exec(time) ?? []
  return hours === undefined ? null : Number(hours) * 60 + Number(minutes)
}

/**
 * The instant at which a wall clock at the site shows `time` (S3). A time inside the spring gap is the first instant
 * after it; one of the autumn's repeated hour is its first occurrence. luxon gives only the zone's offsets here: its own
 * choice between two occurrences depends on the present time. @throws RangeError for a malformed time or unknown zone.
 */
export function wallInstant(day: LocalDay, time: string, zone: string): Date {
  const minutes = timeMinutes(time)
  if (minutes === null) throw new RangeError(`no time of day: ${time}`)
  const wallMs = Date.parse(`${day}T00:00:00Z`) + minutes * MINUTE_MS
  const offsetMs = offsetsOf(zone)
  const before = wallMs - offsetMs(wallMs - DAY_MS)
  const after = wallMs - offsetMs(wallMs + DAY_MS)
  const shown = [before, after].filter((instant) => instant + offsetMs(instant) === wallMs)
  if (shown.length > 0) return new Date(Math.min(...shown))
  return new Date(firstAfterGap(after, before, offsetMs))
}

function offsetsOf(zone: string): (instantMs: number) => number {
  const rules = IANAZone.create(zone)
  if (!rules.isValid) throw new RangeError(`unknown time zone: ${zone}`)
  return (instantMs) => rules.offset(instantMs) * MINUTE_MS
}

/** The change of offset lies in `(earlyMs, lateMs]`; halves that until one minute is left. */
function firstAfterGap(earlyMs: number, lateMs: number, offsetMs: (instantMs: number) => number): number {
  const oldOffset = offsetMs(earlyMs)
  let [early, late] = [earlyMs / MINUTE_MS, lateMs / MINUTE_MS]
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2)
    if (offsetMs(middle * MINUTE_MS) === oldOffset) early = middle
    else late = middle
  }
  return late * MINUTE_MS
}
