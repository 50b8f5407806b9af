import { type Access, admitStaff } from '../access/index.js'
import type { Edge } from '../platform/edge.js'
import type { House } from '../platform/house.js'
import { relayEvents } from '../platform/relay.js'
import type { OutdateSeats, SchedulingRoom } from '../scheduling/index.js'
import type { SitesRoom } from '../sites/index.js'
import { abandonedCountersJob } from './abandoned-counters.job.js'
import { makeQueue } from './actions.js'
import { addArrivalRoutes } from './arrival.routes.js'
import { addCounterRoutes } from './counter.routes.js'
import { endDayJob } from './end-day.job.js'
import { makeFindVisits } from './find-visits.js'
import { givenNumbers, keepGivenNumbers } from './given-numbers.js'
import { QUEUE_SETTINGS } from './queue-deps.js'
import { QueueReader } from './queue-reader.js'
import { addOwnTicketRoutes } from './own-ticket.routes.js'
import { addQueueRoutes } from './queue.routes.js'
import { announceBoards, announceQueues } from './queue.sockets.js'
import { addTicketRoutes } from './ticket.routes.js'
import { announceTickets } from './ticket.sockets.js'
import { addVisitRoutes } from './visits.routes.js'

interface Neighbours extends SitesRoom, Pick<SchedulingRoom, 'calendars'> {
  access: Access
  outdateSeats: OutdateSeats
}

/** Numbers, counters and the order in which people are called (Q, W, B). */
export function makeQueueRoom(house: House, { access, directory, ...rooms }: Neighbours) {
  const { events, beside, clock, restores, log, redis } = house
  const { authenticate, permit, isAtWork, endings } = access
  const queueDeps = { ...house, ...rooms, directory, settings: QUEUE_SETTINGS, isAtWork }
  const [queue, reader] = [makeQueue(queueDeps), new QueueReader(queueDeps)]
  keepGivenNumbers(events, beside, clock)
  restores.watches(givenNumbers)
  endings.on(queue.releaseCounters)
  endings.asksAbout(queue.heldCounters)
  endings.onRenewal(queue.handOverCounters)
  const services = async () => [...(await directory.all()).services].sort((a, b) => a.position - b.position)
  const edge: Edge = {
    addRoutes(api) {
      const deps = { ...house, queue, reader, permit, services, findVisits: makeFindVisits(queueDeps) }
      for (const add of [
        addArrivalRoutes,
        addQueueRoutes,
        addCounterRoutes,
        addOwnTicketRoutes,
        addTicketRoutes,
        addVisitRoutes,
      ])
        add(api, deps)
    },
    jobs: [endDayJob(queueDeps), abandonedCountersJob(queueDeps)],
    announce(sockets) {
      const deps = { sockets, events, reader, log, queue }
      const stops = [
        announceBoards(deps),
        announceTickets(deps),
        announceQueues(deps, (queues) => admitStaff(queues, { authenticate, events, action: 'queue:see' })),
      ]
      if (redis) relayEvents({ events, redis, log }, ['queue.changed', 'site.changed'])
      return () => stops.forEach((stop) => stop())
    },
  }
  return { queue, reader, queueDeps, lateMinutes: QUEUE_SETTINGS.lateMinutes, edge }
}

export type QueueRoom = ReturnType<typeof makeQueueRoom>
