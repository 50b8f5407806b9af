import { say } from '../words.js'
import { facts } from './facts.js'
import { state } from './state.js'

/** The counter one works at, as the last snapshot has it. */
export const ownCounter = () => state.snapshot?.counters.find(({ id }) => id === facts.counter.id) ?? null

/** @param {string | null | undefined} id @returns {string} the name people read */
export const counterName = (id) => state.snapshot?.counters.find((counter) => counter.id === id)?.name ?? `${id ?? ''}`

/** @returns {'closed' | 'taken' | 'free' | 'paused' | 'called' | 'serving' | 'unknown'} what may be done follows from it */
export function situation() {
  const counter = ownCounter()
  if (counter === null || state.forbidden) return 'unknown'
  if (!counter.open) return 'closed'
  if (!counter.mine) return 'taken'
  return counter.ticket?.status ?? (counter.paused ? 'paused' : 'free')
}

/** Which presses make sense now (Q4); undo is a matter of seconds. */
const ALLOWED = {
  unknown: [],
  closed: ['counter'],
  taken: ['counter'],
  free: ['next', 'pause', 'counter'],
  paused: ['pause', 'counter'],
  called: ['next', 'recall', 'start', 'done', 'missed', 'park', 'transfer', 'pause', 'counter'],
  serving: ['next', 'done', 'park', 'transfer', 'pause', 'counter'],
}

export const undoLeft = () => (state.undo ? Math.ceil((state.undo.until - performance.now()) / 1000) : 0)

/** @param {string} name of an action */
export function isAllowed(name) {
  if (name === 'undo') return undoLeft() > 0 && ['free', 'paused', 'called', 'serving'].includes(situation())
  return ALLOWED[situation()].includes(name) && !(name === 'next' && ownCounter()?.paused)
}

/** Whether somebody may be called here now. */
export const canCall = () => isAllowed('next')

/** Was at this counter, or was put aside for it: called back at once (D7). @param {import('./state.js').Ticket} ticket */
export const isKnownHere = ({ status, counter, forCounter }) =>
  ['missed', 'parked'].includes(status) && [counter, forCounter].includes(facts.counter.id)

/** Whether the own counter may call it. @param {import('./state.js').Ticket} ticket */
export function isForHere(ticket) {
  const counter = ownCounter()
  if (!counter?.open) return true
  return ticket.forCounter === undefined ? counter.services.includes(ticket.service) : ticket.forCounter === counter.id
}

/** With a singular, a plural, and a sentence of its own for none. @param {string} key @param {number} count */
export const counted = (key, count) => (count === 0 ? say(`${key}_zero`) : say(key, { count }))

/** @param {string} action */
export const keyOf = (action) => say(`keys.${action}`)
