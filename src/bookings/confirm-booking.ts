import { AppError, conflict } from '../kernel/app-error.js'
import { together } from '../platform/db/together.js'
import type { Tx } from '../platform/db/tx.js'
import type { SeatPlan } from '../seats/index.js'
import { type Booking, statusNow } from './booking.js'
import { bookingOf, mailAbout, moveOn, seatsOf } from './booking-changes.js'
import { type BookingDeps, VISITOR } from './booking-deps.js'
import { assertWithinLimits, countActive, limitKeysOf } from './booking-limits.js'

/**
 * K4, X2: what is pending becomes certain by a click in the mail. Again: the same answer. Only now it counts for K5 (X3).
 * @throws not-found; forbidden `mail-unread` for a link that was not mailed; conflict `state` when its time is over or it
 * was cancelled, `too-late` once its slot has begun (L2), `slot-full`, `already-booked`, `too-many-bookings`
 */
export const makeConfirmBooking = (deps: BookingDeps) => {
  const { clock, secrets, seats, directory, events, settings } = deps

  /** Which seats a booking without any is given now; null when it has its own. */
  const seatsNow = (tx: Tx, booking: Booking, now: Date): Promise<SeatPlan> | null =>
    booking.slotCount > 0 ? null : seats.plan(tx, { ...booking, now, anyTime: true })

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
    const keys = limitKeysOf(secrets, booking)
    const [looked, active] = await together([plan ? seats.assertFree(tx, plan, now) : [], countActive(tx, keys, now)])
    await assertWithinLimits(tx, { keys, active }, { now, settings, events })
    // Calendars take a new version only with a higher number (L5: tentative → confirmed).
    const sequence = booking.sequence + 1
    const to = { ...CERTAIN, confirmedAt: now, provenAt: now, sequence, ...stretchOf(plan) }
    const is = { ...booking, ...to }
    await together([
      moveOn(tx, booking, { to, who: VISITOR, what: 'confirm-booking', at: now }),
      mailAbout(tx, is, { kind: 'confirmed', now, events }),
      plan ? seats.take(tx, plan, { now, looked }) : keepSeats(tx, is),
    ])
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
