import { MINUTE_MS } from '../kernel/clock.js'
import type { LocalDay } from '../kernel/local-day.js'
import { firstShowing } from '../kernel/zone-clock.js'

const TIME = /^([01]\d|2[0-3]):([0-5]\d)$/

/** Minutes since local midnight on the wall clock; `24:00` is 1440. @returns null for what is no `HH:mm`. */
export function timeMinutes(time: string): number | null {
  if (time === '24:00') return 1440
  const [, hours, minutes] = TIME.exec(time) ?? []
  return hours === undefined ? null : Number(hours) * 60 + Number(minutes)
}

/**
 * The instant at which a wall clock at the site shows `time` (S3). A time inside the spring gap is the first instant
 * after it; one of the autumn's repeated hour is its first occurrence.
 * @throws RangeError for a malformed time or unknown zone
 */
export function wallInstant(day: LocalDay, time: string, zone: string): Date {
  const minutes = timeMinutes(time)
  if (minutes === null) throw new RangeError(`no time of day: ${time}`)
  return firstShowing(Date.parse(`${day}T00:00:00Z`) + minutes * MINUTE_MS, zone)
}
