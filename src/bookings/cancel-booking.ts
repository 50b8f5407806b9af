import { AppError, conflict } from '../kernel/app-error.js'
import type { Tx } from '../platform/db/tx.js'
import { type Booking, statusNow } from './booking.js'
import { type BookingMail, bookingOf, mailAbout, moveOn, seatsOf } from './booking-changes.js'
import { type BookingDeps, VISITOR } from './booking-deps.js'
import { BookingStore } from './booking.store.js'

export interface CancelCommand {
  booking: Booking
  who: string
  reason: string | null
  mail: BookingMail
}

/** Gives a booking's seats back for good (K7); for whoever may, see `makeCancelBooking` for the visitor. */
export const makeCancel =
  ({ clock, seats, directory, events }: BookingDeps) =>
  async (tx: Tx, { booking, who, reason, mail }: CancelCommand): Promise<Booking> => {
    const now = clock()
    const state = statusNow(booking, now)
    if (state === 'cancelled') return booking
    if (state !== 'confirmed' && state !== 'pending') throw conflict('state', { state })
    const to = { status: 'cancelled', expiresAt: null, sequence: booking.sequence + 1 } as const
    const is = await moveOn(tx, booking, { to, who, what: 'cancel-booking', at: now, reason })
    await mailAbout(tx, is, { kind: mail, now, events })
    const taken = seatsOf(booking, (await directory.site(booking.siteId)).timeZone)
    if (state === 'pending') await seats.letGo(tx, booking.id, taken)
    else await seats.giveBack(tx, taken)
    return is
  }

/**
 * The visitor cancels by the mailed link, until the slot starts (K7). A second time gives the same answer.
 * @throws not-found; conflict `too-late`; conflict `state`
 */
export const makeCancelBooking = (deps: BookingDeps) => {
  const cancel = makeCancel(deps)
  const once = async (tx: Tx, booking: Booking): Promise<Booking> => {
    if (booking.status === 'cancelled') return booking
    if (booking.startsAt <= deps.clock()) throw conflict('too-late')
    try {
      return await tx.savepoint(() => cancel(tx, { booking, who: VISITOR, reason: null, mail: 'cancelled' }))
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'state')) throw error
      // Somebody was faster: another click has cancelled it, or has moved it, and then what was moved is cancelled.
      const found = await new BookingStore(tx.em).findById(booking.id)
      if (!found || (found.sequence === booking.sequence && found.status === booking.status)) throw error
      return once(tx, found)
    }
  }
  return async (tx: Tx, { token }: { token: string }): Promise<Booking> => once(tx, await bookingOf(tx, token))
}
