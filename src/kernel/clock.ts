/** The present instant. Every rule reads this, never the machine's clock or the database's (rules.md, preamble). */
export type Clock = () => Date

export const systemClock: Clock = () => new Date()

/** A clock that starts at `start` when it is made and then ticks (`DEMO_CLOCK`). */
export function clockFrom(start: Date): Clock {
  const made = performance.now()
  return () => new Date(start.getTime() + (performance.now() - made))
}

export const MINUTE_MS = 60_000
export const HOUR_MS = 60 * MINUTE_MS
/** Of 24 hours: days of the calendar are `LocalDay`s. */
export const DAY_MS = 24 * HOUR_MS
