import { randomUUID } from 'node:crypto'
import type { QueueUnit } from '../counters/index.js'
import type { Tx } from '../platform/db/tx.js'
import { CallStore } from './call.store.js'
import { finishVisit, missVisit } from './finish-visit.js'
import type { QueueDeps } from './queue-deps.js'
import type { Ticket } from './ticket.js'
import { assertHolder, changeTicket, isWithin, latest, stateFor } from './ticket-changes.js'
import { isTaken, type TicketMove } from './ticket-states.js'
import { openQueueOfTicket } from './today.js'

export interface TicketCommand {
  ticketId: string
  who: string
  /** The session that presses; none: the person's own phone, or the house itself. */
  session?: string | null
}

/** What the rules alone would not do. */
export interface ReasonedCommand extends TicketCommand {
  reason: string
}

/**
 * A step of one ticket: found taken already, it answers what is there (Q4).
 * @throws not-found `unknown-ticket`; conflict `state`, `counter-taken` (Q8)
 */
export const makeStep =
  <C extends TicketCommand>(
    deps: QueueDeps,
    move: TicketMove,
    step: (unit: QueueUnit, ticket: Ticket, command: C) => Promise<Ticket>,
  ) =>
  async (tx: Tx, command: C): Promise<Ticket> => {
    const { unit, ticket } = await openQueueOfTicket(tx, deps, command.ticketId)
    if (ticket.day === unit.today && isTaken(move, ticket)) return ticket
    stateFor(unit, ticket, move)
    await assertHolder(unit, ticket, command.session ?? null)
    return step(unit, ticket, command)
  }

/** The person is at the counter. */
export const makeStart = (deps: QueueDeps) =>
  makeStep(deps, 'start', async (unit, ticket, { who }) => {
    const status = stateFor(unit, ticket, 'start')
    const calls = new CallStore(unit.tx.em)
    const call = ticket.callId === null ? null : await calls.find(ticket.callId)
    if (call) await calls.change(call.id, { startedAt: latest(unit.now, call.calledAt) })
    return changeTicket(unit, ticket, { who, what: 'start-visit', to: { status, lastStep: 'start' } })
  })

export const makeDone = (deps: QueueDeps) =>
  makeStep(deps, 'done', (unit, ticket, { who }) => finishVisit(unit, ticket, { who, step: randomUUID(), tickets: 1 }))

/** Nobody came. Always said, never assumed (Q5). */
export const makeMissed = (deps: QueueDeps) =>
  makeStep(deps, 'missed', (unit, ticket, { who }) => missVisit(unit, ticket, { who, step: randomUUID(), tickets: 1 }))

/**
 * Calls once more; after the last call it says `missed`. Pressed before people can have heard the call, it is the same
 * call (Q4).
 */
export const makeRecall = (deps: QueueDeps) =>
  makeStep(deps, 'recall', async (unit, ticket, { who }) => {
    const calls = new CallStore(unit.tx.em)
    const call = ticket.callId === null ? null : await calls.find(ticket.callId)
    if (call && isWithin(unit.now, call.calledAt, deps.settings.callMs)) return ticket
    const press = { who, step: randomUUID(), tickets: 1 }
    if (!call || call.times >= deps.settings.mostCalls) return missVisit(unit, ticket, press)
    const times = call.times + 1
    const to = { status: stateFor(unit, ticket, 'recall'), lastStep: 'recall' } as const
    const called = await changeTicket(unit, ticket, { who, what: 'recall-ticket', reason: `call ${times}`, to })
    await calls.change(call.id, { times, calledAt: unit.now, version: await unit.version() })
    return called
  })
