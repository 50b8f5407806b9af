import { countChanges } from '../audit/index.js'
import { AppError, conflict } from '../kernel/app-error.js'
import { addDays, localDay, startOfDay } from '../kernel/local-day.js'
import type { Tx } from '../platform/db/tx.js'
import { type Booking, statusNow } from './booking.js'
import { bookingOf, mailAbout, moveOn, proven, seatsOf } from './booking-changes.js'
import { type BookingDeps, VISITOR } from './booking-deps.js'

/**
 * Another time at the same site, all or nothing (K8). Link, code and
 * calendar entry stay. To where it is already: nothing changes.
 * @throws not-found; not-allowed `not-offered`; conflict `slot-full`, `too-late`, `state`; too-many `too-many-moves` (X5)
 */
export const makeMoveBooking =
  ({ clock, secrets, seats, events, settings }: BookingDeps) =>
  async (tx: Tx, { token, startsAt }: { token: string; startsAt: Date }): Promise<Booking> => {
    const now = clock()
    const { booking, isProven } = await bookingOf(tx, secrets, token)
    const state = statusNow(booking, now)
    if (booking.startsAt <= now && state !== 'cancelled') throw conflict('too-late')
    if (state !== 'confirmed') throw conflict('state', { state })
    if (booking.startsAt.getTime() === startsAt.getTime()) return booking
    const plan = await seats.plan(tx, { ...booking, startsAt, now })
    if (settings.rateLimits)
      await assertMayMove(tx, booking, { now, timeZone: plan.timeZone, most: settings.movesPerDay })
    const to = {
      calendarId: plan.calendarId,
      startsAt: plan.startsAt,
      endsAt: plan.endsAt,
      onDay: localDay(plan.startsAt, plan.timeZone),
      slotMinutes: plan.slotMinutes,
      slotCount: plan.slots.length,
      sequence: booking.sequence + 1,
      ...proven(isProven, now),
    }
    const is = await moveOn(tx, booking, { to, who: VISITOR, what: MOVE, at: now })
    await mailAbout(tx, is, { kind: 'moved', now, events })
    // In this order both times may overlap; if the new seats are gone, the unit of work gives the old ones back too.
    await seats.giveBack(tx, seatsOf(booking, plan.timeZone))
    await seats.take(tx, plan, { now })
    return is
  }

const MOVE = 'move-booking'

/** X5: each move mails somebody who perhaps never booked. Two at once are told apart by the booking's sequence (K3). */
async function assertMayMove(
  tx: Tx,
  { id: subjectId }: Booking,
  { now, timeZone, most }: { now: Date; timeZone: string; most: number },
): Promise<void> {
  const today = localDay(now, timeZone)
  const done = { subjectKind: 'booking', subjectId, who: VISITOR, what: MOVE } as const
  if ((await countChanges(tx.em, { ...done, since: startOfDay(today, timeZone) })) < most) return
  const tomorrow = startOfDay(addDays(today, 1), timeZone)
  const retryAfterSeconds = Math.ceil((tomorrow.getTime() - now.getTime()) / 1000)
  throw new AppError('too-many', 'too-many-moves', { retryAfterSeconds })
}
