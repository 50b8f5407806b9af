import { DateTime } from 'luxon'

/** X4: fewer an hour alarm nobody, and more only beyond so many times the mean of as many weeks. */
const LEAST = 20
const TIMES = 5
const WEEKS = 4

/** `(from, to]` */
export interface Hour {
  from: Date
  to: Date
}

/** The sixty minutes before an instant, and the same ones by the site's clock of the weeks before. */
export function hoursUntil(now: Date, zone: string): { last: Hour; earlier: Hour[] } {
  const local = DateTime.fromJSDate(now, { zone })
  const before = (end: DateTime): Hour => ({ from: end.minus({ hours: 1 }).toJSDate(), to: end.toJSDate() })
  const earlier = Array.from({ length: WEEKS }, (_, week) => before(local.minus({ weeks: week + 1 })))
  return { last: before(local), earlier }
}

/** Spares the weeks' look-up where it cannot matter. */
export const mayBeUnusual = (bookings: number): boolean => bookings >= LEAST

export const isUnusual = (bookings: number, usual: number): boolean =>
  mayBeUnusual(bookings) && bookings > TIMES * usual
