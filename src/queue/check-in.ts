import { type Booking, BookingStore, statusNow as bookingStatusNow, visitBooking } from '../bookings/index.js'
import type { QueueUnit } from '../counters/index.js'
import { AppError, conflict, notAllowed, notFound } from '../kernel/app-error.js'
import { zonedIso } from '../kernel/local-day.js'
import type { Tx } from '../platform/db/tx.js'
import { fingerprint } from '../platform/secrets.js'
import { hoursFor, nextOpening } from '../seats/index.js'
import { addTicket } from './add-ticket.js'
import { comeBack } from './put-back.js'
import type { QueueDeps } from './queue-deps.js'
import type { Ticket } from './ticket.js'
import type { TicketStatus } from './queue.shape.js'
import { TicketStore } from './ticket.store.js'
import { hoursOf, openingOf, openToday } from './today.js'

export interface CheckInCommand {
  siteId: string
  /** What people read out or scan: the code, or the secret of the mailed link. */
  key: { code: string } | { token: string }
  who: string
  /** W3: after closing staff admit, a kiosk does not. */
  isStaff: boolean
}

/** `found`: what had become of the person's ticket before; null: they had none. */
export interface CheckedIn {
  ticket: Ticket
  isNew: boolean
  found: TicketStatus | null
}

/**
 * W1: who has a booking arrives. Again: the same ticket while there is something to wait for; who missed the call is put
 * back with the same number, who left gets a new one.
 * @throws not-found for an unknown code; not-allowed `wrong-day` with `start`, `wrong-site` with `site`, `not-active`,
 * `outside-window` with `opensAt`; conflict `state` once the visit is over
 */
export const makeCheckIn =
  (deps: QueueDeps) =>
  async (tx: Tx, { siteId, key, who, isStaff }: CheckInCommand): Promise<CheckedIn> => {
    const unit = await openToday(tx, deps, siteId)
    const booking = await bookingOf(tx, key)
    const last = booking.siteId === siteId ? await new TicketStore(tx.em).findByBooking(booking.id) : null
    const there = last?.day === unit.today ? last : null
    const found = there?.status ?? null
    if (there && found !== 'missed' && found !== 'left') return { ticket: stillToServe(there), isNew: false, found }
    const no = (there ? null : refusal(unit, booking)) ?? (await elsewhere(deps, booking, siteId))
    if (no) throw no
    if (!isStaff) await assertBeforeClosing(deps, unit, booking)
    if (there && found === 'missed') return { ticket: await comeBack(unit, there, who), isNew: false, found }
    const { id: bookingId, serviceId, startsAt } = await arrive(unit, booking, who)
    const ticket = { lane: 'P', serviceId, bookingId, startsAt, arrival: (there?.arrival ?? 0) + 1 } as const
    return { ticket: await addTicket(unit, deps, { ticket, who, what: 'check-in' }), isNew: true, found }
  }

/** @throws conflict `state`: nothing is left to wait for */
function stillToServe(ticket: Ticket): Ticket {
  const { status: state, counterId: counter } = ticket
  if (state === 'done' || state === 'closed') throw conflict('state', { state, counter, sentence: 'visit-over' })
  return ticket
}

/** K11: a kiosk gives no number that nobody will call. @throws not-allowed `outside-window` */
async function assertBeforeClosing(deps: QueueDeps, { site, today, now }: QueueUnit, booking: Booking): Promise<void> {
  const hours = await hoursOf(deps, site, today)
  if (hours === null || now < hoursFor(hours, booking).closesAt) return
  const opensAt = nextOpening(await openingOf(deps, site), now)
  throw notAllowed('outside-window', {
    opensAt: opensAt && zonedIso(opensAt, site.timeZone),
    sentence: 'after-closing',
  })
}

async function bookingOf(tx: Tx, key: CheckInCommand['key']): Promise<Booking> {
  const store = new BookingStore(tx.em)
  const booking = await ('code' in key ? store.findByCode(key.code) : store.findByToken(fingerprint(key.token)))
  if (!booking || booking.code === null) throw notFound()
  return booking
}

/** What is over for good is said first: nobody should come again on the day of a cancelled booking. */
function refusal({ now, today, site }: QueueUnit, booking: Booking): AppError | null {
  const state = bookingStatusNow(booking, now)
  if (state === 'cancelled' || state === 'expired' || state === 'pending') return notAllowed('not-active', { state })
  if (booking.onDay !== today) return notAllowed('wrong-day', { start: zonedIso(booking.startsAt, site.timeZone) })
  return booking.siteId === site.id && state !== 'confirmed' ? notAllowed('not-active', { state }) : null
}

async function elsewhere({ directory }: QueueDeps, booking: Booking, siteId: string): Promise<AppError | null> {
  if (booking.siteId === siteId) return null
  const { id: site, name: siteName } = await directory.site(booking.siteId)
  return notAllowed('wrong-site', { site, siteName })
}

/** Cancelled in the same moment: then it is not active, which is a rule's no and not a lost race. */
async function arrive({ tx, now }: QueueUnit, booking: Booking, who: string): Promise<Booking> {
  try {
    return (await visitBooking(tx, booking.id, { to: 'arrived', who, at: now })) ?? booking
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'state')) throw error
    throw notAllowed('not-active', { state: error.details['state'] })
  }
}
