import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks'

/** Work that somebody waits for or that somebody ordered: a request, a job. */
export interface Errand {
  /** Until when it may go on, by `performance.now()`. */
  endsAtMs: number
  /** When it came, for one that somebody waits for. */
  sinceMs?: number
  /** Takes what it threw where nobody caught it; without it, that ends the process. */
  fail?(error: unknown): void
}

const errands = new AsyncLocalStorage<Errand>()

/** Everything that `work` starts belongs to `errand`, timers and callbacks included. */
export const runErrand = <T>(errand: Errand, work: () => T): T => errands.run(errand, work)

/** @returns undefined for what belongs to the process alone */
export const currentErrand = (): Errand | undefined => errands.getStore()

/** contract.md: under load an answer takes five seconds at most; three of them may go by before work begins. */
const PATIENCE_MS = 3000

/** Until when somebody who asks stands in line, by `performance.now()`, at however many doors. */
export const patientUntilMs = (): number => {
  const errand = currentErrand()
  return errand?.sinceMs === undefined
    ? Math.min(performance.now() + PATIENCE_MS, errand?.endsAtMs ?? Number.POSITIVE_INFINITY)
    : errand.sinceMs + PATIENCE_MS
}

/** How long the present errand may still take; no end for what belongs to the process alone. */
export const msLeft = (): number => (currentErrand()?.endsAtMs ?? Number.POSITIVE_INFINITY) - performance.now()

/** For what goes on after the errand that set it off: announcements, a mail on its way. */
export const outsideErrand = <T>(work: () => T): T => errands.exit(work)

/**
 * `work` of this errand, whoever calls it: what stands in line is called by somebody else, an answer by whoever opened the
 * connection. Node's own `AsyncResource.bind` makes deprecated properties each time, which took 3 % of a booking.
 */
export function ofThisErrand<Given extends unknown[], T>(work: (...given: Given) => T): (...given: Given) => T {
  const errand = new AsyncResource('errand')
  return (...given) => errand.runInAsyncScope(work, undefined, ...given)
}
