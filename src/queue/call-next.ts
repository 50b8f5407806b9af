import { randomUUID } from 'node:crypto'
import { type Counter, isOpen, openQueueOf, type QueueUnit } from '../counters/index.js'
import { conflict } from '../kernel/app-error.js'
import type { Tx } from '../platform/db/tx.js'
import { callAt } from './call-at.js'
import type { Call } from './call.js'
import { firstInOrder, type QueueClass } from './call-order.js'
import { CallStore } from './call.store.js'
import { serves } from './estimates.js'
import { finishVisit } from './finish-visit.js'
import { orderSettings, type QueueDeps } from './queue-deps.js'
import type { Ticket } from './ticket.js'
import { siteDay } from './ticket-changes.js'
import { TicketStore } from './ticket.store.js'

export interface CallNextCommand {
  counterId: string
  who: string
}

/** Nobody was waiting for this counter: an answer, not an error (Q3). */
const NOBODY = { ticket: null, reason: null } as const

/**
 * Q3: the counter's next, chosen by `callOrder` while nobody else may choose. It completes the visit before (Q5).
 * @returns the ticket and the class that chose it
 * @throws not-found `unknown-counter`; conflict `counter-closed`, or `counter-busy` where next may not complete
 */
export const makeCallNext =
  (deps: QueueDeps) =>
  async (
    tx: Tx,
    { counterId, who }: CallNextCommand,
  ): Promise<{ ticket: Ticket | null; reason: QueueClass | null }> => {
    const { unit, counter } = await openQueueOf(tx, deps, counterId)
    const { current, call } = await atCounter(unit, counter)
    if (current && call && isSamePress(current, call, { unit, deps })) return { ticket: current, reason: call.class }
    assertMayCall(deps, counter, current)
    const waiting = await new TicketStore(tx.em).waiting(siteDay(unit))
    const eligible = waiting.filter((ticket) => serves(counter, ticket))
    const place = firstInOrder(eligible, orderSettings(deps.settings, await unit.offers()), unit.now)
    const press = { who, step: randomUUID(), tickets: current && place ? 2 : 1 }
    if (current) await finishVisit(unit, current, press)
    if (!place) return NOBODY
    return { ticket: await callAt(unit, counter, { place, press, reason: null }), reason: place.class }
  }

/** Who is at the counter now. @throws conflict `counter-closed` */
export async function atCounter(
  unit: QueueUnit,
  counter: Counter,
): Promise<{ current: Ticket | null; call: Call | null }> {
  if (!isOpen(counter, unit.today)) throw conflict('counter-closed', { counter: counter.id })
  const current = await new TicketStore(unit.tx.em).currentAt(siteDay(unit), counter.id)
  return { current, call: current?.callId ? await new CallStore(unit.tx.em).find(current.callId) : null }
}

/** @throws conflict `counter-busy` where the house wants visits to be ended by hand (Q5) */
export function assertMayCall({ settings }: QueueDeps, counter: Counter, current: Ticket | null): void {
  if (current && settings.nextWhileBusy === 'refuses') throw conflict('counter-busy', { counter: counter.id })
}

/** Q3: a double click, or a click by whoever did not yet see the answer of the first, also of a call out of order. */
const isSamePress = (current: Ticket, call: Call, { unit, deps }: { unit: QueueUnit; deps: QueueDeps }): boolean =>
  current.status === 'called' && unit.now.getTime() - call.firstCalledAt.getTime() < deps.settings.samePressMs
