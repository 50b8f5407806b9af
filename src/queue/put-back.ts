import { visitBooking } from '../bookings/index.js'
import type { QueueUnit } from '../counters/index.js'
import type { QueueDeps } from './queue-deps.js'
import { makeStep, type ReasonedCommand } from './serve-ticket.js'
import type { Ticket } from './ticket.js'
import { changeTicket, present, type Press, presentBinding, stateConflict, stateFor } from './ticket-changes.js'
import { TicketStore } from './ticket.store.js'

/** Back into the queue: who was parked at the old place, who missed the call as a walk-in who joins now (Q4). */
export const makeReturn = (deps: QueueDeps) =>
  makeStep(deps, 'return', async (unit, ticket, { who }) => {
    const joined = ticket.status === 'missed' ? joinsAnew(unit) : {}
    return putBack(unit, ticket, { step: 'return', press: { who, what: 'return-ticket' }, joined })
  })

/** Belongs to no counter. */
const NOWHERE = { counterId: null, callId: null } as const

/** Who comes back is class 4 whatever it was, and joins now (Q4). */
const joinsAnew = ({ now }: QueueUnit) => ({ joinedAt: now, isReturned: true })

interface Back {
  step: 'return' | 'reopen'
  press: Press
  joined: Partial<Ticket>
}

async function putBack(unit: QueueUnit, ticket: Ticket, { step, press, joined }: Back): Promise<Ticket> {
  const status = stateFor(unit, ticket, step)
  const forCounterId = await presentBinding(unit, ticket)
  const to = { status, lastStep: step, ...NOWHERE, forCounterId, ...present(unit, ticket), ...joined } as const
  return changeTicket(unit, ticket, { ...press, to })
}

/** Who missed the call is at the kiosk or the desk again (W1). */
export const comeBack = (unit: QueueUnit, ticket: Ticket, who: string): Promise<Ticket> =>
  putBack(unit, ticket, { step: 'return', press: { who, what: 'check-in' }, joined: joinsAnew(unit) })

/**
 * Q4: what was said to be over today goes on – pressed by mistake, or the person is back. The booking follows.
 * @throws conflict `state`, also when the booking has a newer ticket
 */
export const makeReopen = (deps: QueueDeps) =>
  makeStep(deps, 'reopen', async (unit, ticket, { who, reason }: ReasonedCommand) => {
    const { bookingId } = ticket
    if (bookingId !== null) {
      const latest = await new TicketStore(unit.tx.em).findByBooking(bookingId)
      if (latest?.id !== ticket.id) throw stateConflict(unit, ticket)
      await visitBooking(unit.tx, bookingId, { to: 'arrived', who, at: unit.now })
    }
    return putBack(unit, ticket, {
      step: 'reopen',
      press: { who, what: 'reopen-ticket', reason },
      joined: joinsAnew(unit),
    })
  })
