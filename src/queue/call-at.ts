import { randomUUID } from 'node:crypto'
import type { Counter, QueueUnit } from '../counters/index.js'
import type { Place } from './call-order.js'
import { CallStore } from './call.store.js'
import { printed, type Ticket } from './ticket.js'
import { changeTicket, siteDay, stateFor, undoable } from './ticket-changes.js'

export interface Calling {
  place: Place<Ticket>
  press: { who: string; step: string; tickets: number }
  /** Why it was chosen out of order; null when the order chose. */
  reason: string | null
}

/** Calls a waiting ticket to a counter, and keeps which class, or whose choice, it was (Q2). */
export async function callAt(unit: QueueUnit, counter: Counter, { place, press, reason }: Calling): Promise<Ticket> {
  const { ticket } = place
  const status = stateFor(unit, ticket, 'call')
  const callId = randomUUID()
  const what = reason === null ? 'call-next' : 'call-ticket'
  const to = { status, lastStep: 'call', counterId: counter.id, callId, ...undoable(unit, ticket, press) } as const
  const called = await changeTicket(unit, ticket, { who: press.who, what, reason: reason ?? place.class, to })
  await new CallStore(unit.tx.em).add({
    ...siteDay(unit),
    id: callId,
    version: await unit.version(),
    ticketId: ticket.id,
    number: printed(ticket),
    counterId: counter.id,
    counterName: counter.name,
    serviceId: ticket.serviceId,
    class: place.class,
    reason,
    calledBy: press.who,
    firstCalledAt: unit.now,
    calledAt: unit.now,
    times: 1,
    startedAt: null,
    endedAt: null,
    outcome: null,
  })
  return called
}
