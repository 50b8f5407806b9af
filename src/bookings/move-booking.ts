import { conflict } from '../kernel/app-error.js'
import { localDay } from '../kernel/local-day.js'
import type { Tx } from '../platform/db/tx.js'
import { type Booking, slotStarts, statusNow } from './booking.js'
import { bookingOf, mailAbout, moveOn, seatsOf } from './booking-changes.js'
import { type BookingDeps, VISITOR } from './booking-deps.js'

/**
 * Another time at the same site: the new seats are taken before the old go back, all or nothing (K8). Link, code and
 * calendar entry stay. To where it is already: nothing changes.
 * @throws not-found; not-allowed `not-offered`; conflict `slot-full`, `too-late`, `state`
 */
export const makeMoveBooking =
  ({ clock, seats, events }: BookingDeps) =>
  async (tx: Tx, { token, startsAt }: { token: string; startsAt: Date }): Promise<Booking> => {
    const now = clock()
    const booking = await bookingOf(tx, token)
    const state = statusNow(booking, now)
    if (booking.startsAt <= now && state !== 'cancelled') throw conflict('too-late')
    if (state !== 'confirmed') throw conflict('state', { state })
    if (booking.startsAt.getTime() === startsAt.getTime()) return booking
    const plan = await seats.plan(tx, { ...booking, startsAt, now })
    const own = plan.calendarId === booking.calendarId ? slotStarts(booking) : []
    const to = {
      calendarId: plan.calendarId,
      startsAt: plan.startsAt,
      endsAt: plan.endsAt,
      onDay: localDay(plan.startsAt, plan.timeZone),
      slotMinutes: plan.slotMinutes,
      slotCount: plan.slots.length,
      sequence: booking.sequence + 1,
    }
    const is = await moveOn(tx, booking, { to, who: VISITOR, what: 'move-booking', at: now })
    await mailAbout(tx, is, { kind: 'moved', now, events })
    await seats.take(tx, plan, { now, own })
    const kept = new Set(own.length > 0 ? slotStarts(is).map((start) => start.getTime()) : [])
    const freed = slotStarts(booking).filter((start) => !kept.has(start.getTime()))
    await seats.giveBack(tx, { ...seatsOf(booking, plan.timeZone), starts: freed })
    return is
  }
