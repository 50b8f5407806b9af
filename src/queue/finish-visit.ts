import { visitBooking } from '../bookings/index.js'
import type { QueueUnit } from '../counters/index.js'
import type { Ticket } from './ticket.js'
import { changeTicket, endCall, stateFor, undoable } from './ticket-changes.js'

export interface FinishPress {
  who: string
  /** Shared by everything the press changes. */
  step: string
  /** How many tickets it changes. */
  tickets: number
}

/** A visit is over and the person served: by `done`, or because the counter goes on to the next (Q5). */
export async function finishVisit(unit: QueueUnit, ticket: Ticket, press: FinishPress): Promise<Ticket> {
  const status = stateFor(unit, ticket, 'done')
  await endCall(unit, ticket, 'done')
  if (ticket.bookingId !== null)
    await visitBooking(unit.tx, ticket.bookingId, { to: 'served', who: press.who, at: unit.now })
  const to = { status, lastStep: 'done', ...undoable(unit, ticket, press) } as const
  return changeTicket(unit, ticket, { who: press.who, what: 'finish-visit', to })
}

/** Nobody came to the call. */
export async function missVisit(unit: QueueUnit, ticket: Ticket, press: FinishPress): Promise<Ticket> {
  const status = stateFor(unit, ticket, 'missed')
  await endCall(unit, ticket, 'missed')
  const to = { status, lastStep: 'missed', ...undoable(unit, ticket, press) } as const
  return changeTicket(unit, ticket, { who: press.who, what: 'miss-ticket', to })
}
