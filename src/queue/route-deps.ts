import { CounterStore } from '../counters/index.js'
import type { Clock } from '../kernel/clock.js'
import type { EventBus } from '../platform/events.js'
import type { Tx } from '../platform/db/tx.js'
import type { ApiInput } from '../platform/http/operation.js'
import type { Secrets } from '../platform/secrets.js'
import type { Service } from '../sites/index.js'
import { actorName, actorOf, type Permit, signedInOf, type SiteOf } from '../access/index.js'
import type { DataSource } from 'typeorm'
import { CallStore } from './call.store.js'
import type { PaceDeps } from './kiosk-pace.js'
import type { makeFindVisits } from './find-visits.js'
import type { Queue } from './actions.js'
import type { QueueReader } from './queue-reader.js'
import { staffTicket } from './queue.pages.js'
import type { Ticket } from './ticket.js'
import { TicketStore } from './ticket.store.js'

export interface QueueRouteDeps extends PaceDeps {
  dataSource: DataSource
  queue: Queue
  reader: QueueReader
  secrets: Secrets
  permit: Permit
  findVisits: ReturnType<typeof makeFindVisits>
  events: EventBus
  clock: Clock
  /** All there are, in their order. */
  services: () => Promise<readonly Service[]>
}

/** `who` of a command behind a permit. */
export const whoOf = (req: ApiInput['req']): string => actorName(actorOf(req))

/** Who presses, and in which session: counters belong to sessions (Q8). Behind a permit for staff alone. */
export const pressOf = (req: ApiInput['req']): { who: string; session: string } => ({
  who: whoOf(req),
  session: signedInOf(req).session.id,
})

/** The site a counter or ticket of the path belongs to; null when there is none, and the role alone decides. */
export function siteFinders({ manager }: DataSource): { ofCounter: SiteOf; ofTicket: SiteOf } {
  const text = (value: unknown): string => (typeof value === 'string' ? value : '')
  return {
    ofCounter: async (req) => (await new CounterStore(manager).find(text(req.params.counter)))?.siteId ?? null,
    ofTicket: async (req) => (await new TicketStore(manager).find(text(req.params.id)))?.siteId ?? null,
  }
}

/** A ticket as staff sees it, with its call, as this unit of work has left it. */
export const makeSeen =
  ({ reader }: Pick<QueueRouteDeps, 'reader'>) =>
  async (tx: Tx, ticket: Ticket) => {
    const { site, day } = await reader.today(ticket.siteId)
    const call =
      ticket.callId === null || ticket.status === 'waiting' ? null : await new CallStore(tx.em).find(ticket.callId)
    return staffTicket(ticket, call, { site, today: day })
  }
