import { maskedReason, recordChange } from '../audit/index.js'
import { type AppError, conflict } from '../kernel/app-error.js'
import { assertHeld, CounterStore, isOpen, type QueueUnit } from '../counters/index.js'
import type { CallOutcome } from './call.js'
import { givesWayAt } from './call-order.js'
import { CallStore } from './call.store.js'
import type { Ticket, Undo } from './ticket.js'
import type { TicketStatus } from './queue.shape.js'
import { isAtCounter, stateAfter, statusNow, type TicketMove, type TicketStep } from './ticket-states.js'
import { TicketStore } from './ticket.store.js'

/** Who presses which button, and why, for the audit record. */
export interface Press {
  who: string
  what: string
  reason?: string | null
}

/** As long as the columns beside tickets, calls and counters. */
const MOST_REASON = 200
/** A3: what staff wrote, as it may rest. */
export const reasonOf = ({ tx }: QueueUnit, reason: string): Promise<string> => maskedReason(tx, reason, MOST_REASON)

export const siteDay = ({ site, today }: QueueUnit) => ({ siteId: site.id, day: today })

/** 409 with what was found instead (Q4). */
export const stateConflict = (unit: QueueUnit, ticket: Ticket): AppError =>
  conflict('state', { state: statusNow(ticket, unit.today), counter: ticket.counterId })

/** The state a step leads to. @throws conflict `state` when it is not allowed in the present one, or the day is over */
export function stateFor(unit: QueueUnit, ticket: Ticket, move: TicketMove): TicketStatus {
  const next = ticket.day === unit.today ? stateAfter(move, ticket.status) : null
  if (next === null) throw stateConflict(unit, ticket)
  return next
}

/**
 * Writes a step: compare-and-swap, audit record, version (T10, I4). Whatever could be undone before no longer can.
 * @throws conflict `state`
 */
export async function changeTicket(
  unit: QueueUnit,
  was: Ticket,
  { to, ...press }: Press & { to: Partial<Ticket> & { lastStep: TicketStep } },
): Promise<Ticket> {
  await unit.version()
  const store = new TicketStore(unit.tx.em)
  const change = { undo: null, undoStep: null, ...to }
  if (!(await store.change(was, change))) throw stateConflict(unit, (await store.find(was.id)) ?? was)
  const is = { ...was, ...change, revision: was.revision + 1 }
  await auditTicket(unit, is, { ...press, from: spoken(was) })
  return is
}

export const auditTicket = (unit: QueueUnit, is: Ticket, press: Press & { from: string | null }): Promise<void> =>
  recordChange(unit.tx, { ...press, at: unit.now, subjectKind: 'ticket', subjectId: is.id, to: spoken(is) })

const spoken = ({ status, counterId }: Ticket): string =>
  (counterId === null ? status : `${status} ${counterId}`).slice(0, 60)

/** The one counter a ticket waits for when it waits again; closed by now, it would never call it: then any may. */
export async function presentBinding(unit: QueueUnit, { forCounterId }: Ticket): Promise<string | null> {
  const counter = forCounterId === null ? null : await new CounterStore(unit.tx.em).find(forCounterId)
  return counter && isOpen(counter, unit.today) ? counter.id : null
}

/** Who is back, or was at a counter, is there: what is left of the minutes given away is over (Q9). */
export const present = ({ now }: QueueUnit, ticket: Ticket): Partial<Ticket> =>
  givesWayAt(ticket, now) ? { gaveWayUntil: now } : {}

/** What makes a step undoable, with the other tickets of the same press (Q5). */
export function undoable(unit: QueueUnit, was: Ticket, press: { step: string; tickets: number }) {
  const { status, counterId, callId } = was
  const undo: Undo = { at: unit.now.toISOString(), tickets: press.tickets, status, counterId, callId }
  return { undo, undoStep: press.step }
}

/** Ends the ticket's present call, if it has one that is open. */
export async function endCall(unit: QueueUnit, ticket: Ticket, outcome: CallOutcome): Promise<void> {
  if (!isAtCounter(ticket) || ticket.callId === null) return
  const calls = new CallStore(unit.tx.em)
  const call = await calls.find(ticket.callId)
  if (call) await calls.change(call.id, { endedAt: latest(unit.now, call.calledAt, call.startedAt), outcome })
}

/** A clock that was set back ends nothing before it began. */
export const latest = (...instants: (Date | null)[]): Date =>
  new Date(Math.max(...instants.map((instant) => instant?.getTime() ?? 0)))

/** True for two moments nearer than this, whichever way the clock was set between them (Q3, Q4, Q5). */
export const isWithin = (one: Date, other: Date, ms: number): boolean => Math.abs(one.getTime() - other.getTime()) < ms

/** Q8: who is at a counter is the matter of whose the counter is. @throws conflict `counter-taken` */
export async function assertHolder(unit: QueueUnit, ticket: Ticket, session: string | null): Promise<void> {
  if (!isAtCounter(ticket) || ticket.counterId === null) return
  const counter = await new CounterStore(unit.tx.em).find(ticket.counterId)
  if (counter) assertHeld(counter, session)
}
