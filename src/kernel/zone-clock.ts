import { IANAZone } from 'luxon'
import { DAY_MS, HOUR_MS, MINUTE_MS } from './clock.js'
import { onceEach } from './once-each.js'

/*
 * The clocks of a zone by arithmetic. What a zone's clocks show is asked of luxon a few times for each day of UTC and then
 * remembered; asking it for every instant took half of a calendar page (docs/decisions/034).
 */

/** Between two changes of the clocks, half-open, in milliseconds since 1970; `offset`: minutes ahead of UTC. */
interface Stretch {
  fromMs: number
  untilMs: number
  offset: number
}

const SECOND_MS = 1000
/** No clocks are changed, and back again, in less. */
const STEP_MS = 6 * HOUR_MS
const MOST_ZONES = 100
const MOST_DAYS = 4000

/** By zone, then by the number of the day since 1970 (UTC). */
const daysOf = onceEach(MOST_ZONES, (zone: string) => {
  const rules = IANAZone.create(zone)
  if (!rules.isValid) throw new RangeError(`unknown time zone: ${zone}`)
  const offsetAt = (ms: number) => rules.offset(ms)
  return onceEach(MOST_DAYS, (day: number) => stretches(offsetAt, day * DAY_MS))
})

function stretches(offsetAt: (ms: number) => number, startMs: number): Stretch[] {
  const found: Stretch[] = [{ fromMs: startMs, untilMs: startMs + DAY_MS, offset: offsetAt(startMs) }]
  for (let ms = startMs; ms < startMs + DAY_MS; ms += STEP_MS) {
    const [last, offset] = [found.at(-1) as Stretch, offsetAt(ms + STEP_MS)]
    if (offset === last.offset) continue
    const changeMs = changeBetween(offsetAt, ms, ms + STEP_MS)
    // A change at midnight is the next day's.
    if (changeMs === startMs + DAY_MS) continue
    found.push({ fromMs: changeMs, untilMs: last.untilMs, offset })
    last.untilMs = changeMs
  }
  return found
}

/** The first second of the new offset, which lies in `(earlyMs, lateMs]`. */
function changeBetween(offsetAt: (ms: number) => number, earlyMs: number, lateMs: number): number {
  const old = offsetAt(earlyMs)
  let [early, late] = [earlyMs / SECOND_MS, lateMs / SECOND_MS]
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2)
    if (offsetAt(middle * SECOND_MS) === old) early = middle
    else late = middle
  }
  return late * SECOND_MS
}

/** Minutes that the zone's clocks are ahead of UTC. @throws RangeError for an unknown zone or an invalid instant */
export function offsetMinutes(instantMs: number, zone: string): number {
  const day = daysOf(zone)(Math.floor(instantMs / DAY_MS))
  for (const { untilMs, offset } of day) if (instantMs < untilMs) return offset
  throw new RangeError('no instant')
}

/** What the zone's clocks show, as milliseconds of a clock that stands still at 1970-01-01T00:00. */
export const wallMs = (instant: Date, zone: string): number => {
  const ms = instant.getTime()
  return ms + offsetMinutes(ms, zone) * MINUTE_MS
}

/** The first instant at which the zone's clocks show `shownMs` or, when they leave that out, more. */
export function firstShowing(shownMs: number, zone: string): Date {
  const [days, day] = [daysOf(zone), Math.floor(shownMs / DAY_MS)]
  // No zone is a day away from UTC.
  for (const { fromMs, untilMs, offset } of [day - 1, day, day + 1].flatMap(days)) {
    const ms = Math.max(fromMs, shownMs - offset * MINUTE_MS)
    if (ms < untilMs) return new Date(ms)
  }
  throw new RangeError('no time of day')
}
