import rruleLibrary from 'rrule'

// The only file that knows the rrule library: a second judge of recurrences, of whole days, beside the plain reading of
// RFC 5545 in recurrence-oracle.ts (docs/decisions/026, 031).
const { RRule } = rruleLibrary

/** Where the library's answer is known to be wrong, by an example each; the day it mends one, more may be asked of it. */
export const MISTAKEN: readonly [title: string, rrule: string][] = [
  ['wants a weekday with a number and one without to be the same day', 'FREQ=MONTHLY;BYDAY=MO,1TU'],
  ['takes a place of BYSETPOS that is not there for the nearest', 'FREQ=MONTHLY;BYDAY=1MO,2MO;BYSETPOS=-3'],
  ['counts a day twice that two places of BYSETPOS name', 'FREQ=MONTHLY;BYDAY=1MO;BYSETPOS=1,-1;COUNT=2'],
]

/** What the library may be asked: nothing of those, nor COUNT=0, of which RFC 5545 says nothing. */
export const isCommonGround = (rrule: string): boolean =>
  !/BYSETPOS|COUNT=0/.test(rrule) && !(/BYDAY=[^;]*\d/.test(rrule) && /BYDAY=([^;]*,)?[A-Z]{2}/.test(rrule))

/**
 * The days that the library finds up to `to`. Floating UTC midnights in and out, and no `tzid`: with one its answer hangs
 * on the zone of the process. Never without an end: where no day comes it walks to the year 9999.
 */
export function judgedDays(rrule: string, startsOn: string, to: string): string[] {
  const options = RRule.parseString(rrule)
  const until = options.until ?? new Date(`${to}T00:00:00Z`)
  const found = new RRule({ ...options, dtstart: new Date(`${startsOn}T00:00:00Z`), until, wkst: RRule.MO }).all()
  return found.map((day) => day.toISOString().slice(0, 10))
}
