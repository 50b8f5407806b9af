import { type Booking, BookingStore, statusNow as bookingStatusNow, visitBooking } from '../bookings/index.js'
import { openQueue, type QueueUnit } from '../counters/index.js'
import { AppError, notAllowed, notFound } from '../kernel/app-error.js'
import { zonedIso } from '../kernel/local-day.js'
import type { Tx } from '../platform/db/tx.js'
import { fingerprint } from '../platform/secrets.js'
import { addTicket } from './issue-ticket.js'
import type { QueueDeps } from './queue-deps.js'
import type { Ticket } from './ticket.js'
import { TicketStore } from './ticket.store.js'

export interface CheckInCommand {
  siteId: string
  /** What people read out or scan: the code, or the secret of the mailed link. */
  key: { code: string } | { token: string }
  who: string
}

/**
 * W1: who has a booking arrives. Again: the same ticket, `isNew` false.
 * @throws not-found for an unknown code; not-allowed `wrong-day` with `start`, `wrong-site` with `site`, `not-active`
 */
export const makeCheckIn =
  (deps: QueueDeps) =>
  async (tx: Tx, { siteId, key, who }: CheckInCommand): Promise<{ ticket: Ticket; isNew: boolean }> => {
    const unit = await openQueue(tx, deps, siteId)
    const booking = await bookingOf(tx, key)
    const there = booking.siteId === siteId ? await new TicketStore(tx.em).findByBooking(booking.id) : null
    if (there && there.day === unit.today) return { ticket: there, isNew: false }
    const no = refusal(unit, booking) ?? (await elsewhere(deps, booking, siteId))
    if (no) throw no
    const { id: bookingId, serviceId, startsAt } = await arrive(unit, booking, who)
    const ticket = { lane: 'P', serviceId, bookingId, startsAt } as const
    return { ticket: await addTicket(unit, deps.secrets, { ticket, who, what: 'check-in' }), isNew: true }
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
