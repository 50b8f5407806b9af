import type { DataSource } from 'typeorm'
import { CounterStore, isOpen } from '../counters/index.js'
import { localDay } from '../kernel/local-day.js'
import type { HeldCounter } from '../access/index.js'
import type { QueueDeps } from './queue-deps.js'
import { printed } from './ticket.js'
import { TicketStore } from './ticket.store.js'

/** Q8: the open counters of sessions, and who is there: to be asked about before the sessions end. */
export const makeHeldCounters =
  ({ dataSource, directory, clock }: Pick<QueueDeps, 'directory' | 'clock'> & { dataSource: DataSource }) =>
  async (sessionIds: readonly string[]): Promise<HeldCounter[]> => {
    const [counters, tickets] = [new CounterStore(dataSource.manager), new TicketStore(dataSource.manager)]
    const held: HeldCounter[] = []
    for (const counter of await counters.ofSessions(sessionIds)) {
      const site = await directory.site(counter.siteId)
      const day = localDay(clock(), site.timeZone)
      if (!isOpen(counter, day)) continue
      const ticket = await tickets.currentAt({ siteId: site.id, day }, counter.id)
      held.push({ id: counter.id, name: counter.name, site: site.name, ticket: ticket && printed(ticket) })
    }
    return held
  }
