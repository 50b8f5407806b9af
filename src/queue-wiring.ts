import type { Namespace } from 'socket.io'
import type { DataSource } from 'typeorm'
import { addScreenRoutes, announceScreens } from './displays/index.js'
import type { Clock } from './kernel/clock.js'
import type { UnitOfWork } from './platform/db/unit-of-work.js'
import type { EventBus } from './platform/events.js'
import type { Api } from './platform/http/api.js'
import type { Limits } from './platform/http/limits.js'
import type { SlowDown } from './platform/http/slow-down.js'
import type { Log } from './platform/log.js'
import type { RedisLink } from './platform/redis.js'
import { relayEvents } from './platform/relay.js'
import type { Secrets } from './platform/secrets.js'
import type { Namespaces } from './platform/sockets/socket-server.js'
import {
  addArrivalRoutes,
  addCounterRoutes,
  addQueueRoutes,
  addTicketRoutes,
  addVisitRoutes,
  announceBoards,
  announceQueues,
  announceTickets,
  makeFindVisits,
  makeQueue,
  QUEUE_SETTINGS,
  QueueReader,
} from './queue/index.js'
import type { CalendarDirectory, OutdateSeats } from './scheduling/index.js'
import type { SiteDirectory } from './sites/index.js'
import { admitStaff, makeIsAtWork, type Staff } from './staff/index.js'

interface Deps {
  dataSource: DataSource
  unitOfWork: UnitOfWork
  clock: Clock
  events: EventBus
  secrets: Secrets
  directory: SiteDirectory
  calendars: CalendarDirectory
  outdateSeats: OutdateSeats
  staff: Staff
  limits: Limits
  wrongCodes: SlowDown
}

/** The queue room: its actions, its reads, and how both reach the API and the sockets. */
export function makeQueueRoom({ staff, ...rest }: Deps) {
  const queueDeps = { ...rest, settings: QUEUE_SETTINGS, isAtWork: makeIsAtWork(rest) }
  const queue = makeQueue(queueDeps)
  const reader = new QueueReader(queueDeps)
  const { dataSource, secrets, events, limits, wrongCodes } = rest
  const addRoutes = (api: Api) => {
    const findVisits = makeFindVisits(queueDeps)
    const services = async () => {
      const all = (await rest.directory.all()).services
      return [...all].sort((one, other) => one.position - other.position)
    }
    const deps = { dataSource, queue, reader, secrets, permit: staff.permit, services, findVisits, limits, wrongCodes }
    for (const add of [addArrivalRoutes, addQueueRoutes, addCounterRoutes, addTicketRoutes, addVisitRoutes])
      add(api, deps)
    addScreenRoutes(api, deps)
  }
  /** @returns what stops the heartbeats */
  const announce = ({ sockets, log, redis }: { sockets: Namespaces; log: Log; redis: RedisLink | null }) => {
    const deps = { sockets, events, reader, log, queue }
    const admit = (queues: Namespace) =>
      admitStaff(queues, { authenticate: staff.authenticate, events, action: 'queue:see' })
    const stops = [announceBoards(deps), announceScreens(deps), announceTickets(deps), announceQueues(deps, admit)]
    if (redis) relayEvents({ events, redis, log }, ['queue.changed', 'site.changed'])
    return () => stops.forEach((stop) => stop())
  }
  return { queueDeps, queue, reader, addRoutes, announce }
}
