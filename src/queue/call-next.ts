import { randomUUID } from 'node:crypto'
import { assertHeld, type Counter, isOpen, type QueueUnit } from '../counters/index.js'
import { conflict } from '../kernel/app-error.js'
import type { Tx } from '../platform/db/tx.js'
import { callAt } from './call-at.js'
import type { Call } from './call.js'
import { firstInOrder } from './call-order.js'
import type { QueueClass } from './queue.shape.js'
import { CallStore } from './call.store.js'
import { serves } from './estimates.js'
import { finishVisit, missVisit } from './finish-visit.js'
import { orderSettings, type QueueDeps } from './queue-deps.js'
import type { Ticket } from './ticket.js'
import { isWithin, siteDay } from './ticket-changes.js'
import { TicketStore } from './ticket.store.js'
import { openQueueOfCounter } from './today.js'

export interface CounterCommand {
  counterId: string
  who: string
  /** The session that presses: whose the counter is (Q8). */
  session?: string | null
}

/** Q5: what became of whoever was called and not started; null: whoever presses does not say, and it is as if served. */
export interface CallNextCommand extends CounterCommand {
  outcome?: 'done' | 'missed' | null
}

/** Nobody was waiting for this counter: an answer, not an error (Q3). */
const NOBODY = { ticket: null, reason: null } as const

/**
 * Q3: the counter's next, chosen by `callOrder` while nobody else may choose. It ends the visit before (Q5).
 * @returns the ticket and the class that chose it
 * @throws not-found `unknown-counter`; conflict `counter-closed`, `counter-taken`, `counter-paused`, `counter-busy` where
 * next may not end a visit, `state` when who is served is said to be missed
 */
export const makeCallNext =
  (deps: QueueDeps) =>
  async (
    tx: Tx,
    { counterId, who, session = null, outcome = null }: CallNextCommand,
  ): Promise<{ ticket: Ticket | null; reason: QueueClass | null }> => {
    const { unit, counter } = await openQueueOfCounter(tx, deps, counterId)
    const { current, call } = await atCounter(unit, counter, session)
    if (current && call && isSamePress(current, call, { unit, deps })) return { ticket: current, reason: call.class }
    assertMayCall(deps, counter, current)
    const waiting = await new TicketStore(tx.em).waiting(siteDay(unit))
    const eligible = waiting.filter((ticket) => serves(counter, ticket))
    const place = firstInOrder(eligible, orderSettings(deps.settings, await unit.offers()), unit.now)
    const press = { who, step: randomUUID(), tickets: current && place ? 2 : 1 }
    if (current) await (outcome === 'missed' ? missVisit : finishVisit)(unit, current, press)
    if (!place) return NOBODY
    return { ticket: await callAt(unit, counter, { place, press, reason: null }), reason: place.class }
  }

/** Who is at the counter now. @throws conflict `counter-closed`, `counter-taken` */
export async function atCounter(
  unit: QueueUnit,
  counter: Counter,
  session: string | null,
): Promise<{ current: Ticket | null; call: Call | null }> {
  if (!isOpen(counter, unit.today)) throw conflict('counter-closed', { counter: counter.id })
  assertHeld(counter, session)
  const current = await new TicketStore(unit.tx.em).currentAt(siteDay(unit), counter.id)
  return { current, call: current?.callId ? await new CallStore(unit.tx.em).find(current.callId) : null }
}

/** @throws conflict `counter-paused` (Q8); `counter-busy` where the house wants visits to be ended by hand (Q5) */
export function assertMayCall({ settings }: QueueDeps, counter: Counter, current: Ticket | null): void {
  if (counter.pausedAt !== null) throw conflict('counter-paused', { counter: counter.id })
  if (current && settings.nextWhileBusy === 'refuses') throw conflict('counter-busy', { counter: counter.id })
}

/** Q3: a double click, or a click by whoever did not yet see the answer of the first, also of a call out of order. */
const isSamePress = (current: Ticket, call: Call, { unit, deps }: { unit: QueueUnit; deps: QueueDeps }): boolean =>
  current.status === 'called' && isWithin(unit.now, call.firstCalledAt, deps.settings.samePressMs)
