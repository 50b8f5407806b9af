import type { Clock } from '../../src/kernel/clock.js'

/** A clock that stands still until the test moves it. */
export interface TestClock extends Clock {
  /** To an instant: a Date, or RFC 3339 text such as `2026-11-24T08:30:00+01:00`. */
  set(instant: Date | string): void
  advanceMinutes(minutes: number): void
}

export function testClock(start: Date | string): TestClock {
  let nowMs = new Date(start).getTime()
  return Object.assign(() => new Date(nowMs), {
    set: (instant: Date | string) => {
      nowMs = new Date(instant).getTime()
    },
    advanceMinutes: (minutes: number) => {
      nowMs += minutes * 60_000
    },
  })
}
