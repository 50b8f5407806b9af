import { randomUUID } from 'node:crypto'
import { changeCounter, CLOSED, type Counter, CounterStore, isOpen, type QueueUnit } from '../counters/index.js'
import type { Tx } from '../platform/db/tx.js'
import type { CounterCommand } from './call-next.js'
import { finishVisit } from './finish-visit.js'
import type { QueueDeps } from './queue-deps.js'
import { changeTicket, endCall, siteDay, stateFor } from './ticket-changes.js'
import { TicketStore } from './ticket.store.js'
import { openQueueOfCounter } from './today.js'

/**
 * Closes a counter, whoever's it is (Q8). As next would, it completes the visit there (Q5); who was sent to this counter
 * alone waits for any. Closed already: nothing changes. @throws not-found `unknown-counter`
 */
export const makeCloseCounter =
  (deps: QueueDeps) =>
  async (tx: Tx, { counterId, who }: Omit<CounterCommand, 'session'>): Promise<Counter> => {
    const { unit, counter } = await openQueueOfCounter(tx, deps, counterId)
    if (!isOpen(counter, unit.today)) return counter
    const current = await new TicketStore(tx.em).currentAt(siteDay(unit), counterId)
    if (current) await finishVisit(unit, current, { who, step: randomUUID(), tickets: 1 })
    return close(unit, counter, who)
  }

/** The same when whoever worked there has gone: the visit is put aside, since nobody can say how it ended (Q8). */
export async function parkAndClose(unit: QueueUnit, counter: Counter, who: string): Promise<Counter> {
  const current = await new TicketStore(unit.tx.em).currentAt(siteDay(unit), counter.id)
  if (current) {
    const status = stateFor(unit, current, 'park')
    await endCall(unit, current, 'parked')
    const to = { status, lastStep: 'park', parkReason: null } as const
    await changeTicket(unit, current, { who, what: 'park-ticket', reason: 'the counter was left', to })
  }
  return close(unit, counter, who)
}

async function close(unit: QueueUnit, counter: Counter, who: string): Promise<Counter> {
  for (const ticket of await new TicketStore(unit.tx.em).boundTo(siteDay(unit), counter.id)) {
    const to = { forCounterId: null, lastStep: ticket.lastStep }
    await changeTicket(unit, ticket, { who, what: 'release-ticket', to })
  }
  return changeCounter(unit, counter, { who, what: 'close-counter', to: CLOSED })
}

/**
 * Who chose a new password at work goes on at the counter (Q8). A version is made of it: what is known of a version says
 * whose the counters are.
 */
export const makeHandOverCounters =
  (deps: QueueDeps) =>
  async (tx: Tx, { from, to }: { from: string; to: string }): Promise<void> => {
    for (const { id } of await new CounterStore(tx.em).ofSessions([from])) {
      const { unit, counter } = await openQueueOfCounter(tx, deps, id)
      if (counter.sessionId !== from) continue
      await unit.version()
      await new CounterStore(tx.em).change(id, { sessionId: to })
    }
  }

/** Q8: what sessions that end held is put aside and closed, in the unit of work that ends them. */
export const makeReleaseCounters =
  (deps: QueueDeps) =>
  async (tx: Tx, { sessionIds, who }: { sessionIds: readonly string[]; who: string }): Promise<void> => {
    if (sessionIds.length === 0) return
    for (const { id } of await new CounterStore(tx.em).ofSessions(sessionIds)) {
      const { unit, counter } = await openQueueOfCounter(tx, deps, id)
      const isStill = counter.sessionId !== null && sessionIds.includes(counter.sessionId)
      if (isStill && isOpen(counter, unit.today)) await parkAndClose(unit, counter, who)
    }
  }
