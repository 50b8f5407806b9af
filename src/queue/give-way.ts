import { MINUTE_MS } from '../kernel/clock.js'
import type { QueueDeps } from './queue-deps.js'
import { makeStep } from './serve-ticket.js'
import type { Ticket } from './ticket.js'
import { changeTicket, stateConflict, stateFor } from './ticket-changes.js'

/** True for who waits and has not had the minutes yet; nobody urgent needs to wait for a place (Q9). */
export const mayGiveWay = (ticket: Pick<Ticket, 'status' | 'gaveWayUntil' | 'urgentAt' | 'isReturned'>): boolean =>
  ticket.status === 'waiting' && ticket.gaveWayUntil === null && (ticket.urgentAt === null || ticket.isReturned)

/**
 * Q9: a person who waits asks for ten more minutes, once; others are called first meanwhile, and `joined` stays.
 * @throws conflict `state`, also when the minutes were used already
 */
export const makeGiveWay = (deps: QueueDeps) =>
  makeStep(deps, 'give-way', async (unit, ticket, { who }) => {
    const status = stateFor(unit, ticket, 'give-way')
    if (!mayGiveWay(ticket)) throw stateConflict(unit, ticket)
    const gaveWayUntil = new Date(unit.now.getTime() + deps.settings.giveWayMinutes * MINUTE_MS)
    return changeTicket(unit, ticket, { who, what: 'give-way', to: { status, lastStep: 'give-way', gaveWayUntil } })
  })
