import type { DataSource } from 'typeorm'
import type { Origin } from '../platform/http/origin.js'
import { fingerprint } from '../platform/secrets.js'
import type { Booking } from './booking.js'
import type { BookingDeps } from './booking-deps.js'
import { findByLink, type FoundByLink } from './booking-link.js'
import { BookingStore } from './booking.store.js'
import { isWithinLimits, limitKeysOf } from './booking-limits.js'
import { makeBookSlot } from './book-slot.js'
import { counted } from './counted.js'
import { makeCancel, makeCancelBooking, makeCancelFor } from './cancel-booking.js'
import { makeConfirmBooking } from './confirm-booking.js'
import { makeCorrectContact, makeCorrectContactFor, mayCorrect } from './correct-contact.js'
import { makeAssertFree, makeHoldSlot, makeReleaseHold } from './hold-slot.js'
import { makeMoveBooking, makeMoveFor } from './move-booking.js'
import { makeRecoverBookings } from './recover-bookings.js'
import { makeResolveClosure } from './resolve-closure.js'

/** The room's actions and look-ups, built once. */
export const makeBookings = (deps: BookingDeps & { dataSource: DataSource }) => {
  const store = new BookingStore(deps.dataSource.manager)
  /** Null also for what is only held: it has no page. */
  const findByToken = async (token: string): Promise<Booking | null> => {
    return (await findByLink(store, deps.secrets, token))?.booking ?? null
  }
  const { metrics } = deps
  return {
    holdSlot: counted(metrics, makeHoldSlot(deps), ({ booking }) => metrics.held(booking.siteId)),
    assertFree: makeAssertFree(deps),
    releaseHold: makeReleaseHold(deps),
    bookSlot: counted(metrics, makeBookSlot(deps), ({ siteId, status }) => metrics.booked(siteId, status)),
    confirmBooking: counted(metrics, makeConfirmBooking(deps)),
    cancel: makeCancel(deps),
    cancelBooking: counted(metrics, makeCancelBooking(deps)),
    cancelFor: makeCancelFor(deps),
    resolveClosure: makeResolveClosure(deps),
    moveBooking: counted(metrics, makeMoveBooking(deps)),
    moveFor: makeMoveFor(deps),
    recoverBookings: makeRecoverBookings(deps),
    correctContact: counted(metrics, makeCorrectContact(deps)),
    correctContactFor: makeCorrectContactFor(deps),
    /** C4 */
    mayCorrect: (booking: Booking, origin: Origin): boolean => mayCorrect(booking, origin, deps.clock()),
    findByToken,
    findByLink: (text: string): Promise<FoundByLink | null> => findByLink(store, deps.secrets, text),
    ofMail: (email: string): Promise<Booking[]> => store.ofMail(email, deps.clock()),
    isProven: (email: string): Promise<boolean> => store.isProven(email),
    findHold: (hold: string): Promise<Booking | null> => store.findByHold(fingerprint(hold)),
    /** K5, D1; X7: who has proven no mail address may be a stranger, and learns only what this booking says by itself. */
    mayBookAgain: async (booking: Booking): Promise<boolean> =>
      booking.provenAt === null
        ? booking.status !== 'confirmed' || booking.endsAt <= deps.clock()
        : isWithinLimits(store, limitKeysOf(deps.secrets, booking), { now: deps.clock(), settings: deps.settings }),
    findById: (id: string): Promise<Booking | null> => store.findById(id),
  }
}

export type Bookings = ReturnType<typeof makeBookings>
