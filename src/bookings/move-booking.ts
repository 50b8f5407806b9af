import { countChanges } from '../audit/index.js'
import { AppError, conflict } from '../kernel/app-error.js'
import { addDays, localDay, startOfDay } from '../kernel/local-day.js'
import type { Tx } from '../platform/db/tx.js'
import { type Booking, statusNow } from './booking.js'
import { bookingOf, mailAbout, moveOn, proven, seatsOf } from './booking-changes.js'
import { type BookingDeps, VISITOR } from './booking-deps.js'

interface MoveCommand {
  booking: Booking
  startsAt: Date
  siteId: string
  who: string
  /** K10: why staff do it; with a reason the notice and the horizon of S6 do not hold. */
  reason: string | null
  /** True when the mailed link was used (X6). */
  isProven?: boolean
  /** Asked once it is known that there would be something to move to. */
  assertMay?: (facts: { now: Date; timeZone: string }) => Promise<void>
}

/** Another time or site, all or nothing (K8). Link, code and calendar entry stay. To where it is already: nothing changes. */
const makeMove =
  ({ clock, seats, directory, events }: BookingDeps) =>
  async (tx: Tx, { booking, startsAt, siteId, who, reason, isProven = false, assertMay }: MoveCommand) => {
    const now = clock()
    const state = statusNow(booking, now)
    if (booking.startsAt <= now && state !== 'cancelled') throw conflict('too-late')
    if (state !== 'confirmed') throw conflict('state', { state })
    const isThere = booking.siteId === siteId
    if (isThere && booking.startsAt.getTime() === startsAt.getTime()) return booking
    const plan = await seats.plan(tx, { ...booking, siteId, startsAt, now, anyTime: reason !== null })
    await assertMay?.({ now, timeZone: plan.timeZone })
    const to = {
      siteId,
      calendarId: plan.calendarId,
      startsAt: plan.startsAt,
      endsAt: plan.endsAt,
      onDay: localDay(plan.startsAt, plan.timeZone),
      slotMinutes: plan.slotMinutes,
      slotCount: plan.slots.length,
      sequence: booking.sequence + 1,
      ...proven(isProven, now),
    }
    const between = isThere ? null : `${booking.siteId} → ${siteId}`
    const why = [between, reason].filter((part) => part !== null).join('; ') || null
    const is = await moveOn(tx, booking, { to, who, what: MOVE, at: now, reason: why })
    await mailAbout(tx, is, { kind: 'moved', now, events })
    // In this order both times may overlap; if the new seats are gone, the unit of work gives the old ones back too.
    await seats.giveBack(tx, seatsOf(booking, (await directory.site(booking.siteId)).timeZone))
    await seats.take(tx, plan, { now })
    return is
  }

const MOVE = 'move-booking'

/**
 * The visitor moves by the link, at the same site.
 * @throws not-found; not-allowed `not-offered`; conflict `slot-full`, `too-late`, `state`; too-many `too-many-moves` (X5)
 */
export const makeMoveBooking = (deps: BookingDeps) => {
  const move = makeMove(deps)
  const { rateLimits, movesPerDay: most } = deps.settings
  return async (tx: Tx, { token, startsAt }: { token: string; startsAt: Date }): Promise<Booking> => {
    const found = await bookingOf(tx, deps.secrets, token)
    const { booking } = found
    const assertMay = async (facts: { now: Date; timeZone: string }) => {
      if (rateLimits) await assertMayMove(tx, booking, { ...facts, most })
    }
    return move(tx, { ...found, startsAt, siteId: booking.siteId, who: VISITOR, reason: null, assertMay })
  }
}

/**
 * Staff move it for the visitor, to another site too (K10); what a link may do in a day is no matter of theirs (X5).
 * @throws not-allowed `not-offered`; conflict `slot-full`, `too-late`, `state`
 */
export const makeMoveFor = (deps: BookingDeps) => {
  const move = makeMove(deps)
  return (tx: Tx, command: Omit<MoveCommand, 'isProven' | 'assertMay'>): Promise<Booking> => move(tx, command)
}

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
