import { assertHeld, changeCounter, type Counter, isOpen } from '../counters/index.js'
import { conflict } from '../kernel/app-error.js'
import type { Tx } from '../platform/db/tx.js'
import type { CounterCommand } from './call-next.js'
import type { QueueDeps } from './queue-deps.js'
import { reasonOf } from './ticket-changes.js'
import { openQueueOfCounter } from './today.js'

/**
 * Q8: the counter calls nobody until it goes on; who is there is served to the end. Paused already: nothing changes.
 * @throws not-found `unknown-counter`; conflict `counter-closed`, `counter-taken`
 */
export const makePauseCounter =
  (deps: QueueDeps) =>
  async (tx: Tx, { reason: given, ...command }: CounterCommand & { reason: string }): Promise<Counter> => {
    const { unit, counter } = await heldCounter(tx, deps, command)
    if (counter.pausedAt !== null) return counter
    const reason = await reasonOf(unit, given)
    const to = { pausedAt: unit.now, pauseReason: reason }
    return changeCounter(unit, counter, { who: command.who, what: 'pause-counter', reason, to })
  }

/** Goes on after a pause; not paused: nothing changes. @throws as `makePauseCounter` */
export const makeResumeCounter =
  (deps: QueueDeps) =>
  async (tx: Tx, command: CounterCommand): Promise<Counter> => {
    const { unit, counter } = await heldCounter(tx, deps, command)
    if (counter.pausedAt === null) return counter
    const to = { pausedAt: null, pauseReason: null }
    return changeCounter(unit, counter, { who: command.who, what: 'resume-counter', to })
  }

async function heldCounter(tx: Tx, deps: QueueDeps, { counterId, session = null }: CounterCommand) {
  const found = await openQueueOfCounter(tx, deps, counterId)
  if (!isOpen(found.counter, found.unit.today)) throw conflict('counter-closed', { counter: counterId })
  assertHeld(found.counter, session)
  return found
}
