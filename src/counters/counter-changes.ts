import { recordChange } from '../audit/index.js'
import { conflict, notFound } from '../kernel/app-error.js'
import type { Tx } from '../platform/db/tx.js'
import type { Counter } from './counter.js'
import { CounterStore } from './counter.store.js'
import { openQueue, type QueueUnit, type UnitDeps } from './queue-unit.js'

/** A counter as it is while its site's queue is ours. @throws not-found `unknown-counter` */
export async function openQueueOf(
  tx: Tx,
  deps: UnitDeps,
  counterId: string,
): Promise<{ unit: QueueUnit; counter: Counter }> {
  const store = new CounterStore(tx.em)
  const known = await store.find(counterId)
  if (!known) throw notFound('unknown-counter')
  const unit = await openQueue(tx, deps, known.siteId)
  return { unit, counter: (await store.find(counterId)) ?? known }
}

/** @throws conflict `counter-taken` with `operator`: the counter is another session's (Q8) */
export function assertHeld({ sessionId, operator }: Counter, session: string | null): void {
  if (sessionId !== session) throw conflict('counter-taken', { operator })
}

interface CounterStep {
  who: string
  what: 'open-counter' | 'take-over-counter' | 'close-counter' | 'rename-counter' | 'pause-counter' | 'resume-counter'
  reason?: string | null
  to: Partial<Counter>
}

/** Changes a counter and leaves the audit record (A3). */
export async function changeCounter(unit: QueueUnit, was: Counter, { to, ...step }: CounterStep): Promise<Counter> {
  await unit.version()
  await new CounterStore(unit.tx.em).change(was.id, to)
  const is = { ...was, ...to }
  const change = { ...step, at: unit.now, subjectKind: 'counter', subjectId: was.id } as const
  await recordChange(unit.tx, { ...change, from: spoken(was), to: spoken(is) })
  return is
}

/** For the audit record. */
const spoken = ({ name, openOn, operator, pausedAt }: Counter): string =>
  `${name}: ${openOn === null ? 'closed' : (operator ?? 'open')}${pausedAt ? ', paused' : ''}`
