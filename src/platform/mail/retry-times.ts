import { MINUTE_MS } from '../../kernel/clock.js'

/** L4: after the first, second… try; then hourly. */
const PAUSES_MINUTES = [1, 5, 15, 60]
/** After two days a mail about a booking helps nobody; RFC 5321 asks for four to five days of relays, not of us. */
const GIVE_UP_MINUTES = 48 * 60

/** When to try again after `tries` tries. @returns null when it is given up */
export function nextTryAt(createdAt: Date, tries: number, now: Date): Date | null {
  const pause = PAUSES_MINUTES[Math.min(tries, PAUSES_MINUTES.length) - 1] ?? 1
  const next = new Date(now.getTime() + pause * MINUTE_MS)
  return next.getTime() > createdAt.getTime() + GIVE_UP_MINUTES * MINUTE_MS ? null : next
}
