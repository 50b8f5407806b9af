import { AppError, conflict } from '../kernel/app-error.js'
import type { Tx } from '../platform/db/tx.js'
import type { SeatPlan } from '../seats/index.js'
import { type Booking, statusNow } from './booking.js'
import { bookingOf, mailAbout, moveOn, seatsOf } from './booking-changes.js'
import { type BookingDeps, VISITOR } from './booking-deps.js'
import { assertWithinLimits, limitKeysOf } from './booking-limits.js'

/**
 * K4, X2: what is pending becomes certain by a click in the mail. Again: the same answer. Only now it counts for K5 (X3).
 * @throws not-found; forbidden `mail-unread` for a link that was not mailed; conflict `state` when its time is over or it
 * was cancelled, `too-late` once its slot has begun (L2), `slot-full`, `already-booked`, `too-many-bookings`
 */
export const makeConfirmBooking = (deps: BookingDeps) => {
  const { clock, secrets, seats, directory, events, settings } = deps

  /** Which seats a booking without any is given now; null when it has its own. */
  const seatsNow = async (tx: Tx, booking: Booking, now: Date): Promise<SeatPlan | null> => {
    if (booking.slotCount > 0) return null
    const plan = await seats.plan(tx, { ...booking, now, anyTime: true })
    await seats.assertFree(tx, plan, now)
    return plan
  }

  const keepSeats = async (tx: Tx, is: Booking): Promise<void> => {
    const { timeZone } = await directory.site(is.siteId)
    if (!(await seats.keep(tx, is.id, { ...seatsOf(is, timeZone), until: null })))
      throw conflict('state', { state: 'expired' })
  }

  return async (tx: Tx, { token }: { token: string }): Promise<Booking> => {
    const now = clock()
    const { booking, isProven } = await bookingOf(tx, secrets, token)
    assertPending(booking, now)
    if (booking.status === 'confirmed') return booking
    if (!isProven) throw new AppError('forbidden', 'mail-unread')
    const plan = await seatsNow(tx, booking, now)
    await assertWithinLimits(tx, limitKeysOf(secrets, booking), { now, settings, events })
    const is = await moveOn(tx, booking, {
      // Calendars take a new version only with a higher number (L5: tentative → confirmed).
      to: { ...CERTAIN, confirmedAt: now, provenAt: now, sequence: booking.sequence + 1, ...stretchOf(plan) },
      who: VISITOR,
      what: 'confirm-booking',
      at: now,
    })
    await mailAbout(tx, is, { kind: 'confirmed', now, events })
    await (plan ? seats.take(tx, plan, { now }) : keepSeats(tx, is))
    return is
  }
}

const CERTAIN = { status: 'confirmed', expiresAt: null } as const

/** The calendar may have changed since it was booked. */
const stretchOf = (plan: SeatPlan | null): Partial<Booking> | null =>
  plan && {
    calendarId: plan.calendarId,
    endsAt: plan.endsAt,
    slotMinutes: plan.slotMinutes,
    slotCount: plan.slots.length,
  }

function assertPending(booking: Booking, now: Date): void {
  const state = statusNow(booking, now)
  if (state === 'confirmed') return
  if (booking.startsAt <= now && state !== 'cancelled') throw conflict('too-late')
  if (state !== 'pending') throw conflict('state', { state })
}
