import { BookingStore, visitBooking } from '../bookings/index.js'
import { changeCounter, CLOSED, CounterStore, type QueueUnit, VersionStore } from '../counters/index.js'
import { addDays, type LocalDay } from '../kernel/local-day.js'
import type { Tx } from '../platform/db/tx.js'
import { CallStore } from './call.store.js'
import type { Ticket } from './ticket.js'
import { changeTicket, endCall } from './ticket-changes.js'
import { stateAfter } from './ticket-states.js'
import { TicketStore } from './ticket.store.js'

/** Keeps one unit of work short; what is left comes a minute later and counts for nothing meanwhile. */
const MOST = 300

/** Q7: today is over – whoever comes after this, admitted by staff, begins anew. */
export async function endOpenTickets(unit: QueueUnit, who: string): Promise<void> {
  const isAll = await endBefore(unit, addDays(unit.today, 1), who)
  if (isAll) await new VersionStore(unit.tx.em).endDay(unit.site.id, unit.now)
}

/**
 * Q7, G15: what is open from days before `day` is written down as over – waiting and parked as `left`, called and serving
 * as `closed`, counters as closed, bookings of those who were not served as `no-show`. @returns false when some are left
 */
export async function endBefore(unit: QueueUnit, day: LocalDay, who: string): Promise<boolean> {
  const { tx, site, now } = unit
  const tickets = await new TicketStore(tx.em).leftOver({ siteId: site.id, day }, MOST)
  for (const ticket of tickets) await endTicket(unit, ticket, who)
  for (const counter of await new CounterStore(tx.em).ofSite(site.id)) {
    const isLeftOpen = counter.openOn !== null && counter.openOn < day
    if (isLeftOpen) await changeCounter(unit, counter, { who, what: 'close-counter', to: CLOSED })
  }
  const bookings = await new BookingStore(tx.em).leftArrived(site.id, day, MOST)
  for (const { id } of bookings) {
    await visitBooking(tx, id, { to: (await wasServed(tx, id)) ? 'served' : 'no-show', who, at: now })
  }
  return tickets.length < MOST && bookings.length < MOST
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
