import { conflict } from '../kernel/app-error.js'
import type { Tx } from '../platform/db/tx.js'
import { type Booking, statusNow } from './booking.js'
import { bookingOf, mailAbout, moveOn, seatsOf } from './booking-changes.js'
import { type BookingDeps, VISITOR } from './booking-deps.js'

/**
 * K4: what was booked at a site that asks for it becomes certain by a click in the mail. Again: the same answer.
 * @throws not-found; conflict `state` when its time is over or it was cancelled, `too-late` once its slot has begun (L2)
 */
export const makeConfirmBooking =
  ({ clock, seats, directory, events }: BookingDeps) =>
  async (tx: Tx, { token }: { token: string }): Promise<Booking> => {
    const now = clock()
    const booking = await bookingOf(tx, token)
    const state = statusNow(booking, now)
    if (state === 'confirmed') return booking
    if (booking.startsAt <= now && state !== 'cancelled') throw conflict('too-late')
    if (state !== 'pending') throw conflict('state', { state })
    // Calendars take a new version only with a higher number (L5: tentative → confirmed).
    const to = { status: 'confirmed', expiresAt: null, sequence: booking.sequence + 1 } as const
    const is = await moveOn(tx, booking, { to, who: VISITOR, what: 'confirm-booking', at: now })
    await mailAbout(tx, is, { kind: 'confirmed', now, events })
    const { timeZone } = await directory.site(is.siteId)
    if (!(await seats.keep(tx, is.id, { ...seatsOf(is, timeZone), until: null }))) {
      throw conflict('state', { state: 'expired' })
    }
    return is
  }
