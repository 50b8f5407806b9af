import { BookingStore, visitBooking } from '../bookings/index.js'
import { beginDay, changeCounter, CLOSED, CounterStore, openQueue, type QueueUnit } from '../counters/index.js'
import type { Tx } from '../platform/db/tx.js'
import { CallStore } from './call.store.js'
import type { QueueDeps } from './queue-deps.js'
import type { Ticket } from './ticket.js'
import { changeTicket, endCall, siteDay } from './ticket-changes.js'
import { stateAfter } from './ticket-states.js'
import { TicketStore } from './ticket.store.js'

/** Keeps one unit of work short; what is left comes a minute later and counts for nothing meanwhile. */
const MOST = 300

/**
 * Q7, G15: what is open from days before today is written down as over – waiting and parked as `left`, called and
 * serving as `closed`, counters as closed, bookings of those who were not served as `no-show`. Displays are told of the
 * new day.
 */
export const makeEndDay =
  (deps: QueueDeps) =>
  async (tx: Tx, { siteId, who }: { siteId: string; who: string }): Promise<void> => {
    const unit = await openQueue(tx, deps, siteId)
    await beginDay(unit)
    for (const ticket of await new TicketStore(tx.em).leftOver(siteDay(unit), MOST)) await endTicket(unit, ticket, who)
    for (const counter of await new CounterStore(tx.em).ofSite(siteId)) {
      const isLeftOpen = counter.openOn !== null && counter.openOn < unit.today
      if (isLeftOpen) await changeCounter(unit, counter, { who, what: 'close-counter', to: CLOSED })
    }
    for (const booking of await new BookingStore(tx.em).leftArrived(siteId, unit.today, MOST)) {
      const to = (await wasServed(tx, booking.id)) ? 'served' : 'no-show'
      await visitBooking(tx, booking.id, { to, who, at: unit.now })
    }
  }

async function endTicket(unit: QueueUnit, ticket: Ticket, who: string): Promise<void> {
  await endCall(unit, ticket, 'closed')
  const status = stateAfter('end-day', ticket.status) ?? ticket.status
  await changeTicket(unit, ticket, { who, what: 'end-day', to: { status, lastStep: 'end-day' } })
}

/** Somebody had begun with the person, and only forgot to say so. */
async function wasServed(tx: Tx, bookingId: string): Promise<boolean> {
  const ticket = await new TicketStore(tx.em).findByBooking(bookingId)
  if (ticket?.status !== 'closed' || ticket.callId === null) return false
  const call = await new CallStore(tx.em).find(ticket.callId)
  return call !== null && call.startedAt !== null
}
