import { CounterStore, isOpen, type QueueUnit } from '../counters/index.js'
import { conflict, notAllowed, notFound } from '../kernel/app-error.js'
import type { QueueDeps } from './queue-deps.js'
import { makeStep, type TicketCommand } from './serve-ticket.js'
import type { Ticket } from './ticket.js'
import { changeTicket, endCall, presentBinding, stateFor } from './ticket-changes.js'

export interface ParkCommand extends TicketCommand {
  reason: string | null
}

/** Puts somebody aside – a paper is missing, a phone call – without taking the place away. */
export const makePark = (deps: QueueDeps) =>
  makeStep(deps, 'park', async (unit, ticket, { who, reason }: ParkCommand) => {
    const status = stateFor(unit, ticket, 'park')
    await endCall(unit, ticket, 'parked')
    return changeTicket(unit, ticket, {
      who,
      what: 'park-ticket',
      reason,
      to: { status, lastStep: 'park', ...NOWHERE },
    })
  })

/** Back into the queue: who was parked at the old place, who missed the call as a walk-in who joins now (Q4). */
export const makeReturn = (deps: QueueDeps) =>
  makeStep(deps, 'return', async (unit, ticket, { who }) => {
    const joined = ticket.status === 'missed' ? { joinedAt: unit.now, isReturned: true } : {}
    const status = stateFor(unit, ticket, 'return')
    const forCounterId = await presentBinding(unit, ticket)
    const to = { status, lastStep: 'return', ...NOWHERE, forCounterId, ...joined } as const
    return changeTicket(unit, ticket, { who, what: 'return-ticket', to })
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
    const to = { status: stateFor(unit, ticket, 'transfer'), lastStep: 'transfer', ...NOWHERE, ...where } as const
    const reason = `to ${'serviceId' in target ? target.serviceId : target.counterId}`
    return changeTicket(unit, ticket, { who, what: 'transfer-ticket', reason, to })
  })

/** Belongs to no counter. */
const NOWHERE = { counterId: null, callId: null } as const

type Aim = Pick<Ticket, 'serviceId' | 'forCounterId'>

const isThere = ({ status, serviceId, forCounterId }: Ticket, where: Aim): boolean =>
  status === 'waiting' && serviceId === where.serviceId && forCounterId === where.forCounterId

async function aim(unit: QueueUnit, { ticket, target }: { ticket: Ticket; target: Target }): Promise<Aim> {
  if ('serviceId' in target) {
    const { serviceId } = target
    if (!(await unit.offers()).some((offer) => offer.serviceId === serviceId)) throw notAllowed('not-offered')
    return { serviceId, forCounterId: null }
  }
  const counter = await new CounterStore(unit.tx.em).find(target.counterId)
  if (counter?.siteId !== ticket.siteId) throw notFound('unknown-counter')
  if (!isOpen(counter, unit.today)) throw conflict('counter-closed', { counter: counter.id })
  return { serviceId: ticket.serviceId, forCounterId: counter.id }
}
