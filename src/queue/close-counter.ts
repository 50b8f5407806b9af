import { randomUUID } from 'node:crypto'
import { changeCounter, CLOSED, type Counter, isOpen, openQueueOf } from '../counters/index.js'
import type { Tx } from '../platform/db/tx.js'
import type { CallNextCommand } from './call-next.js'
import { finishVisit } from './finish-visit.js'
import type { QueueDeps } from './queue-deps.js'
import { changeTicket, siteDay } from './ticket-changes.js'
import { TicketStore } from './ticket.store.js'

/**
 * Closes a counter. As next would, it completes the visit there (Q5); who was sent to this counter alone waits for any.
 * Closed already: nothing changes. @throws not-found `unknown-counter`
 */
export const makeCloseCounter =
  (deps: QueueDeps) =>
  async (tx: Tx, { counterId, who }: CallNextCommand): Promise<Counter> => {
    const { unit, counter } = await openQueueOf(tx, deps, counterId)
    if (!isOpen(counter, unit.today)) return counter
    const tickets = new TicketStore(tx.em)
    const current = await tickets.currentAt(siteDay(unit), counterId)
    if (current) await finishVisit(unit, current, { who, step: randomUUID(), tickets: 1 })
    for (const ticket of await tickets.boundTo(siteDay(unit), counterId)) {
      const to = { forCounterId: null, lastStep: ticket.lastStep }
      await changeTicket(unit, ticket, { who, what: 'release-ticket', to })
    }
    return changeCounter(unit, counter, { who, what: 'close-counter', to: CLOSED })
  }
