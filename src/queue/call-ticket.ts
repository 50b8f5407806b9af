import { randomUUID } from 'node:crypto'
import { type Counter, CounterStore } from '../counters/index.js'
import { notFound } from '../kernel/app-error.js'
import type { Tx } from '../platform/db/tx.js'
import { callAt } from './call-at.js'
import { assertMayCall, atCounter } from './call-next.js'
import { placeOf } from './call-order.js'
import { finishVisit } from './finish-visit.js'
import { orderSettings, type QueueDeps } from './queue-deps.js'
import type { Ticket } from './ticket.js'
import { reasonOf, stateConflict, stateFor } from './ticket-changes.js'
import { openQueueOfTicket } from './today.js'

export interface CallTicketCommand {
  ticketId: string
  counterId: string
  reason: string
  who: string
  session?: string | null
}

/**
 * Staff calls somebody out of order and says why (Q2): who waits, or who was missed or parked at this counter (D7).
 * Called to this counter already: nothing changes.
 * @throws not-found `unknown-ticket`, `unknown-counter`; conflict `state`, `counter-closed`, `counter-taken`,
 * `counter-paused`, `counter-busy`
 */
export const makeCallTicket =
  (deps: QueueDeps) =>
  async (tx: Tx, { ticketId, counterId, reason, who, session = null }: CallTicketCommand): Promise<Ticket> => {
    const { unit, ticket } = await openQueueOfTicket(tx, deps, ticketId)
    const counter = await new CounterStore(tx.em).find(counterId)
    if (counter?.siteId !== ticket.siteId) throw notFound('unknown-counter')
    const { current } = await atCounter(unit, counter, session)
    if (current?.id === ticket.id && current.status === 'called') return current
    if (current?.id === ticket.id) throw stateConflict(unit, ticket)
    stateFor(unit, ticket, 'call')
    if (ticket.status !== 'waiting' && !knows(counter, ticket)) throw stateConflict(unit, ticket)
    assertMayCall(deps, counter, current)
    const press = { who, step: randomUUID(), tickets: current ? 2 : 1 }
    if (current) await finishVisit(unit, current, press)
    const place = placeOf(ticket, orderSettings(deps.settings, await unit.offers()), unit.now)
    return callAt(unit, counter, { place, press, reason: await reasonOf(unit, reason) })
  }

/** The person was there, or was put aside for it. */
const knows = ({ id }: Counter, { counterId, forCounterId }: Ticket): boolean => counterId === id || forCounterId === id
