import { AppError, conflict } from '../kernel/app-error.js'
import type { Tx } from '../platform/db/tx.js'
import { type Booking, statusNow } from './booking.js'
import type { BookingMail } from './booking-mail.js'
import { bookingOf, mailAbout, moveOn, proven, seatsOf } from './booking-changes.js'
import { type BookingDeps, VISITOR } from './booking-deps.js'
import { BookingStore } from './booking.store.js'

export interface CancelCommand {
  booking: Booking
  who: string
  reason: string | null
  mail: BookingMail
  /** True when the mailed link was used (X6). */
  isProven?: boolean
}

/** Gives a booking's seats back for good (K7); for whoever may, see `makeCancelBooking` for the visitor. */
export const makeCancel =
  ({ clock, seats, directory, events }: BookingDeps) =>
  async (tx: Tx, { booking, who, reason, mail, isProven = false }: CancelCommand): Promise<Booking> => {
    const now = clock()
    const state = statusNow(booking, now)
    if (state === 'cancelled') return booking
    if (state !== 'confirmed' && state !== 'pending') throw conflict('state', { state })
    const sequence = booking.sequence + 1
    const to = { status: 'cancelled', expiresAt: null, sequence, ...proven(isProven, now) } as const
    const is = await moveOn(tx, booking, { to, who, what: 'cancel-booking', at: now, reason })
    await mailAbout(tx, is, { kind: mail, now, events })
    const taken = seatsOf(booking, (await directory.site(booking.siteId)).timeZone)
    if (state === 'pending') await seats.letGo(tx, booking.id, taken)
    else await seats.giveBack(tx, taken)
    return is
  }

/**
 * Cancels until the slot starts (K7); a second time gives the same answer, also of two at once.
 * @throws conflict `too-late`, `state`
 */
const makeCancelInTime = (deps: BookingDeps) => {
  const cancel = makeCancel(deps)
  const inTime = async (tx: Tx, command: CancelCommand): Promise<Booking> => {
    const { booking } = command
    if (booking.status === 'cancelled') return booking
    if (booking.startsAt <= deps.clock()) throw conflict('too-late')
    try {
      return await tx.savepoint(() => cancel(tx, command))
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'state')) throw error
      // Somebody was faster: another click has cancelled it, or has moved it, and then what was moved is cancelled.
      const found = await new BookingStore(tx.em).findById(booking.id)
      if (!found || (found.sequence === booking.sequence && found.status === booking.status)) throw error
      return inTime(tx, { ...command, booking: found })
    }
  }
  return inTime
}

/** Staff cancel for the visitor, with a reason (K10). @throws conflict `too-late`, `state` */
export const makeCancelFor = (deps: BookingDeps) => {
  const cancel = makeCancelInTime(deps)
  return (tx: Tx, command: Omit<CancelCommand, 'mail'>): Promise<Booking> =>
    cancel(tx, { ...command, mail: 'cancelled' })
}

/**
 * The visitor cancels by the mailed link, until the slot starts (K7). A second time gives the same answer.
 * @throws not-found; conflict `too-late`; conflict `state`
 */
export const makeCancelBooking = (deps: BookingDeps) => {
  const cancel = makeCancelInTime(deps)
  return async (tx: Tx, { token }: { token: string }): Promise<Booking> => {
    const found = await bookingOf(tx, deps.secrets, token)
    return cancel(tx, { ...found, who: VISITOR, reason: null, mail: 'cancelled' })
  }
}
