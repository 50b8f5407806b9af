import type { KeyOf } from '../../../src/messages/keys.shape.js'
import type { CounterView } from '../../../src/queue/queue.shape.js'
import { facts } from './facts.js'
import { state, type Ticket } from './state.js'
import { type Key, say } from './words.js'

/** The counter one works at, as the last snapshot has it. */
export const ownCounter = (): CounterView | null =>
  state.snapshot?.counters.find(({ id }) => id === facts.counter.id) ?? null

/** The name people read. */
export const counterName = (id: string | null | undefined): string =>
  state.snapshot?.counters.find((counter) => counter.id === id)?.name ?? `${id ?? ''}`

/** What may be done follows from it. */
export type Situation = 'closed' | 'taken' | 'free' | 'paused' | 'called' | 'serving' | 'unknown'

export function situation(): Situation {
  const counter = ownCounter()
  if (counter === null || state.forbidden) return 'unknown'
  if (!counter.open) return 'closed'
  if (!counter.mine) return 'taken'
  // Whoever is at a counter was called to it, or is served there.
  if (counter.ticket) return counter.ticket.status === 'serving' ? 'serving' : 'called'
  return counter.paused ? 'paused' : 'free'
}

/** Presses of the counter's own buttons, in their order. */
export const ACTIONS = [
  'next',
  'recall',
  'start',
  'done',
  'missed',
  'park',
  'transfer',
  'pause',
  'undo',
  'counter',
] as const
export type Action = (typeof ACTIONS)[number]

/** Which presses make sense now (Q4); undo is a matter of seconds. */
const ALLOWED: Record<Situation, readonly Action[]> = {
  unknown: [],
  closed: ['counter'],
  taken: ['counter'],
  free: ['next', 'pause', 'counter'],
  paused: ['pause', 'counter'],
  called: ['next', 'recall', 'start', 'done', 'missed', 'park', 'transfer', 'pause', 'counter'],
  serving: ['next', 'done', 'park', 'transfer', 'pause', 'counter'],
}

export const undoLeft = (): number => (state.undo ? Math.ceil((state.undo.until - performance.now()) / 1000) : 0)

export function isAllowed(action: Action): boolean {
  if (action === 'undo') return undoLeft() > 0 && ['free', 'paused', 'called', 'serving'].includes(situation())
  return ALLOWED[situation()].includes(action) && !(action === 'next' && ownCounter()?.paused)
}

/** Whether somebody may be called here now. */
export const canCall = (): boolean => isAllowed('next')

/** Was at this counter, or was put aside for it: called back at once (D7). */
export const isKnownHere = ({ status, counter, forCounter }: Ticket): boolean =>
  ['missed', 'parked'].includes(status) && [counter, forCounter].includes(facts.counter.id)

/** Whether the own counter may call it. */
export function isForHere(ticket: Ticket): boolean {
  const counter = ownCounter()
  if (!counter?.open) return true
  return ticket.forCounter === undefined ? counter.services.includes(ticket.service) : ticket.forCounter === counter.id
}

type StemOf<Name> = Name extends `${infer Stem}_zero` ? Extract<Key, Stem> : never
/** What is counted, and has a sentence of its own for none. */
type Counted = StemOf<Key>

/** With a singular, a plural, and a sentence of its own for none. */
export const counted = (key: Counted, count: number): string => (count === 0 ? say(`${key}_zero`) : say(key, { count }))

/** The letter of a button. */
export const keyOf = (action: KeyOf<'operator.script.keys'>): string => say(`keys.${action}`)
