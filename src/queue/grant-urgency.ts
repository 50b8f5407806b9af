import type { QueueDeps } from './queue-deps.js'
import { makeStep, type ReasonedCommand } from './serve-ticket.js'
import { changeTicket, reasonOf, stateFor } from './ticket-changes.js'

/** D7, Q1: whoever waits may come before all others, also who came back. Urgent already: nothing changes. */
export const makeUrgent = (deps: QueueDeps) =>
  makeStep(deps, 'urgent', async (unit, ticket, { who, reason: given }: ReasonedCommand) => {
    const status = stateFor(unit, ticket, 'urgent')
    if (ticket.urgentAt !== null && !ticket.isReturned) return ticket
    const reason = await reasonOf(unit, given)
    const granted = { urgentAt: unit.now, urgentReason: reason, isReturned: false }
    return changeTicket(unit, ticket, {
      who,
      what: 'grant-urgency',
      reason,
      to: { status, lastStep: 'urgent', ...granted },
    })
  })
