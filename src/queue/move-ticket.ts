import { type Counter, CounterStore, isOpen, type QueueUnit } from '../counters/index.js'
import { conflict, notAllowed, notFound } from '../kernel/app-error.js'
import type { QueueDeps } from './queue-deps.js'
import { makeStep, type TicketCommand } from './serve-ticket.js'
import type { Ticket } from './ticket.js'
import { changeTicket, endCall, present, reasonOf, stateFor } from './ticket-changes.js'
import { isAtCounter } from './ticket-states.js'

export interface ParkCommand extends TicketCommand {
  reason: string | null
  /** The only counter that is to have the person afterwards; null: any (D7). */
  counterId?: string | null
}

/**
 * Puts somebody aside – a paper is missing, a phone call – without taking the place away. The counter they were at knows
 * them, and may call them back. @throws not-found `unknown-counter`; conflict `counter-closed`
 */
export const makePark = (deps: QueueDeps) =>
  makeStep(deps, 'park', async (unit, ticket, { who, reason: given, counterId = null }: ParkCommand) => {
    const status = stateFor(unit, ticket, 'park')
    const bound = counterId === null ? {} : { forCounterId: (await openCounterAt(unit, ticket, counterId)).id }
    await endCall(unit, ticket, 'parked')
    const reason = given === null ? null : await reasonOf(unit, given)
    const to = { status, lastStep: 'park', parkReason: reason, ...bound } as const
    return changeTicket(unit, ticket, { who, what: 'park-ticket', reason, to })
  })

/** Went home while waiting: said at the desk, or by the person's own phone. */
export const makeLeave = (deps: QueueDeps) =>
  makeStep(deps, 'leave', async (unit, ticket, { who }) => {
    const to = { status: stateFor(unit, ticket, 'leave'), lastStep: 'leave' } as const
    return changeTicket(unit, ticket, { who, what: 'leave-queue', to })
  })

type Target = { serviceId: string } | { counterId: string }

export interface TransferCommand extends TicketCommand {
  to: Target
}

/**
 * On to another service, or to one counter; `joined` stays (Q4). The visit so far keeps its own times (G01).
 * @throws not-allowed `not-offered`; not-found `unknown-counter`; conflict `counter-closed`
 */
export const makeTransfer = (deps: QueueDeps) =>
  makeStep(deps, 'transfer', async (unit, ticket, { who, to: target }: TransferCommand) => {
    const where = await aim(unit, { ticket, target })
    if (isThere(ticket, where)) return ticket
    await endCall(unit, ticket, 'transferred')
    const found = isAtCounter(ticket) ? present(unit, ticket) : {}
    const status = stateFor(unit, ticket, 'transfer')
    const to = { status, lastStep: 'transfer', counterId: null, ...where, ...found } as const
    const reason = `to ${'serviceId' in target ? target.serviceId : target.counterId}`
    return changeTicket(unit, ticket, { who, what: 'transfer-ticket', reason, to })
  })

type Aim = Pick<Ticket, 'serviceId' | 'forCounterId'>

const isThere = ({ status, serviceId, forCounterId }: Ticket, where: Aim): boolean =>
  status === 'waiting' && serviceId === where.serviceId && forCounterId === where.forCounterId

async function aim(unit: QueueUnit, { ticket, target }: { ticket: Ticket; target: Target }): Promise<Aim> {
  if ('serviceId' in target) {
    const { serviceId } = target
    if (!(await unit.offers()).some((offer) => offer.serviceId === serviceId)) throw notAllowed('not-offered')
    return { serviceId, forCounterId: null }
  }
  const counter = await openCounterAt(unit, ticket, target.counterId)
  return { serviceId: ticket.serviceId, forCounterId: counter.id }
}

/** @throws not-found `unknown-counter` at the ticket's site; conflict `counter-closed` */
async function openCounterAt(unit: QueueUnit, ticket: Ticket, counterId: string): Promise<Counter> {
  const counter = await new CounterStore(unit.tx.em).find(counterId)
  if (counter?.siteId !== ticket.siteId) throw notFound('unknown-counter')
  if (!isOpen(counter, unit.today)) throw conflict('counter-closed', { counter: counter.id })
  return counter
}
