import { notFound } from '../kernel/app-error.js'
import type { Tx } from '../platform/db/tx.js'
import { ExceptionsStore, PlanStore } from '../scheduling/index.js'
import type { Booking } from './booking.js'
import type { BookingDeps } from './booking-deps.js'
import { bookingsInClosure } from './bookings-outside.js'
import { makeResolve, type Resolution } from './resolve-left-outside.js'

export interface ResolveClosureCommand extends Omit<Resolution, 'reason'> {
  siteId: string
  closureId: string
}

/**
 * Cancels the bookings that stand in a closure's time with a mail each, or asks each by mail to choose another time (S8).
 * Again: nothing is left to do. @returns the bookings as they are now @throws not-found `unknown-closure`
 */
export const makeResolveClosure = (deps: BookingDeps) => {
  const resolve = makeResolve(deps)
  return async (tx: Tx, { siteId, closureId, action, who }: ResolveClosureCommand): Promise<Booking[]> => {
    // The calendars stay as they are meanwhile, and no booking can come into a closed time.
    await new PlanStore(tx.em).holdStill(siteId)
    const closure = await new ExceptionsStore(tx.em).findClosure(siteId, closureId)
    if (!closure) throw notFound('unknown-closure')
    const affected = await bookingsInClosure(tx, { siteId, closure }, deps.clock())
    return resolve(tx, affected, { action, who, reason: closure.reason })
  }
}
