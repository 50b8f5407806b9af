import type { LocalDay } from '../kernel/local-day.js'
import type { TicketStatus } from './queue.shape.js'

type Moves = Partial<Record<TicketStatus, TicketStatus>>

/** Every legal change of a ticket's state: step → from → to. What is not here is refused (I4). */
export const TICKET_MOVES = {
  /** From `missed` and `parked` only to the counter that knows the person (D7). */
  call: { waiting: 'called', missed: 'called', parked: 'called' },
  recall: { called: 'called' },
  start: { called: 'serving' },
  done: { called: 'done', serving: 'done' },
  missed: { called: 'missed' },
  park: { waiting: 'parked', called: 'parked', serving: 'parked' },
  return: { missed: 'waiting', parked: 'waiting' },
  /** Brought back by staff, with a reason: what was said to be over today (Q4). */
  reopen: { done: 'waiting', left: 'waiting', missed: 'waiting' },
  leave: { waiting: 'left' },
  urgent: { waiting: 'waiting' },
  'give-way': { waiting: 'waiting' },
  transfer: { waiting: 'waiting', called: 'waiting', serving: 'waiting' },
  'end-day': { waiting: 'left', parked: 'left', called: 'closed', serving: 'closed' },
} as const satisfies Record<string, Moves>

export type TicketMove = keyof typeof TICKET_MOVES

/** What last happened to a ticket; `undo` goes back to what the undone step found. */
export type TicketStep = TicketMove | 'issue' | 'undo'

/** @returns null when the step is not allowed in that state */
export const stateAfter = (move: TicketMove, status: TicketStatus): TicketStatus | null =>
  (TICKET_MOVES[move] as Moves)[status] ?? null

/** Steps whose result only they can bring about: found there, the step has been taken already. */
const OWN_RESULT: Partial<Record<TicketMove, TicketStatus>> = {
  start: 'serving',
  done: 'done',
  missed: 'missed',
  park: 'parked',
  leave: 'left',
}

/** True when the same step again changes nothing (Q4: commands are idempotent). `recall` is not: each one is a call. */
export const isTaken = (move: TicketMove, ticket: { status: TicketStatus; lastStep: TicketStep }): boolean =>
  OWN_RESULT[move] === ticket.status ||
  ((move === 'return' || move === 'reopen') && ticket.status === 'waiting' && ticket.lastStep === move)

/** Called to a counter or served there: the counter has nobody else (Q5). */
export const isAtCounter = ({ status }: { status: TicketStatus }): boolean =>
  status === 'called' || status === 'serving'

/** The state as everybody may see it: a ticket of another day is over, without waiting for a job (F27, G15). */
export const statusNow = (ticket: { status: TicketStatus; day: LocalDay }, today: LocalDay): TicketStatus =>
  ticket.day === today ? ticket.status : (stateAfter('end-day', ticket.status) ?? ticket.status)
