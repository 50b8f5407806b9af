import { conflict } from '../kernel/app-error.js'
import type { Tx } from '../platform/db/tx.js'
import type { EventBus } from '../platform/events.js'
import { isInOutbox } from '../platform/mail/outbox.js'
import type { Calendars } from '../seats/index.js'
import { bookingsLeftOutside } from './affected-bookings.js'
import type { Booking } from './booking.js'
import { auditBooking, mailAbout } from './booking-changes.js'
import type { BookingDeps } from './booking-deps.js'
import { makeCancel } from './cancel-booking.js'
import { ignoreLostRace } from './lost-race.js'

export interface Resolution {
  action: 'cancel' | 'offer-move'
  who: string
  reason: string
}

export interface ResolveLeftOutsideCommand extends Resolution {
  siteId: string
  serviceId: string
  /** What was shown and confirmed. */
  codes: readonly string[]
}

/**
 * S8: what a manager does, once and knowingly, for the bookings a changed calendar leaves outside: cancels them with a
 * mail each, or asks each by mail to choose another time.
 * @returns the bookings as they are now
 * @throws conflict `list-changed` with `codes` when the list confirmed is not the list of now: it must be seen again
 */
export const makeResolveLeftOutside = (deps: BookingDeps & { calendars: Calendars }) => {
  const resolve = makeResolve(deps)
  return async (tx: Tx, command: ResolveLeftOutsideCommand): Promise<Booking[]> => {
    const { siteId, serviceId, codes, action, who, reason } = command
    const now = deps.clock()
    const plan = await deps.calendars.planIn(tx, siteId, serviceId)
    const outside = plan ? await bookingsLeftOutside(tx.em, plan, now) : []
    const listed = outside.map(({ code }) => code ?? '').sort()
    if (listed.join() !== [...codes].sort().join()) throw conflict('list-changed', { codes: listed })
    return resolve(tx, outside, { action, who, reason })
  }
}

/** What is done for each of them, with one mail each. Whose visitor cancels in the same moment is left as it is. */
export const makeResolve = (deps: BookingDeps) => {
  const cancel = makeCancel(deps)
  return async (tx: Tx, bookings: readonly Booking[], { action, who, reason }: Resolution): Promise<Booking[]> => {
    const now = deps.clock()
    const resolved: Booking[] = []
    for (const booking of bookings) {
      const one = () =>
        action === 'cancel'
          ? cancel(tx, { booking, who, reason, mail: 'closed-by-site' })
          : offerMove(tx, booking, { who, reason, now, events: deps.events })
      const is = await tx.savepoint(one).catch(ignoreLostRace)
      if (is) resolved.push(is)
    }
    return resolved
  }
}

/** One mail per time of the booking, however often a manager confirms. */
async function offerMove(
  tx: Tx,
  booking: Booking,
  { who, reason, now, events }: { who: string; reason: string; now: Date; events: EventBus },
): Promise<Booking> {
  const mail = { kind: 'move-offered', subjectId: booking.id, occurrence: String(booking.sequence) }
  if (!(await isInOutbox(tx, mail))) await mailAbout(tx, booking, { kind: 'move-offered', now, events })
  await auditBooking(tx, { was: booking, is: booking, who, what: 'offer-move', at: now, reason })
  return booking
}
