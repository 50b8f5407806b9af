import { randomUUID } from 'node:crypto'
import type { QueueUnit } from '../counters/index.js'
import { fingerprint } from '../platform/secrets.js'
import type { QueueDeps } from './queue-deps.js'
import { type Ticket, UNTOUCHED } from './ticket.js'
import { auditTicket, siteDay } from './ticket-changes.js'
import { TicketStore } from './ticket.store.js'

/** What differs between people who come. */
export type NewTicket = Pick<Ticket, 'lane' | 'serviceId'> &
  Partial<Pick<Ticket, 'bookingId' | 'arrival' | 'startsAt' | 'urgentAt' | 'urgentReason' | 'isSenior'>>

interface Issue {
  who: string
  what: 'check-in' | 'issue-ticket'
  reason?: string | null
}

/** Gives the next number of a lane (W2) and puts the ticket into the queue. */
export async function addTicket(
  unit: QueueUnit,
  { secrets, events }: Pick<QueueDeps, 'secrets' | 'events'>,
  issue: Issue & { ticket: NewTicket },
): Promise<Ticket> {
  const { ticket: wanted, ...press } = issue
  const store = new TicketStore(unit.tx.em)
  const id = randomUUID()
  const ticket: Ticket = {
    ...siteDay(unit),
    id,
    tokenHash: fingerprint(secrets.tokenFor('ticket', id)),
    made: await unit.version(),
    number: await store.nextNumber(siteDay(unit), wanted.lane),
    status: 'waiting',
    issuedAt: unit.now,
    joinedAt: unit.now,
    ...UNTOUCHED,
    drawnFor: wanted.serviceId,
    ...wanted,
  }
  await store.add(ticket)
  await auditTicket(unit, ticket, { ...press, from: null })
  const { lane, number } = ticket
  unit.tx.afterCommit(() => events.publish('number.given', { ...siteDay(unit), lane, number }))
  return ticket
}
