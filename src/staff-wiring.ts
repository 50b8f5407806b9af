import type { DataSource } from 'typeorm'
import { addDeskRoutes, addMadeRoutes, type BookingRoutesDeps, makeBookingsOutside } from './bookings/index.js'
import type { Clock } from './kernel/clock.js'
import { addConsoleRoutes } from './operator/index.js'
import type { UnitOfWork } from './platform/db/unit-of-work.js'
import type { EventBus } from './platform/events.js'
import type { Api } from './platform/http/api.js'
import type { Limits } from './platform/http/limits.js'
import type { SlowDown } from './platform/http/slow-down.js'
import type { Job } from './platform/jobs/jobs.js'
import type { Secrets } from './platform/secrets.js'
import { abandonedCountersJob, endDayJob } from './queue/index.js'
import { makeQueueRoom } from './queue-wiring.js'
import {
  addCalendarRoutes,
  addExceptionRoutes,
  type CalendarDirectory,
  makeCalendarActions,
} from './scheduling/index.js'
import { outdateSeats } from './seats/index.js'
import type { SiteDirectory } from './sites/index.js'
import {
  addDeviceRoutes,
  addSessionRoutes,
  addStaffRoutes,
  addTotpRoutes,
  type KnownDevices,
  makeAccountPages,
  makeStaff,
  overdueAccessJob,
  SessionEndings,
} from './staff/index.js'
import { addStatisticsRoutes } from './statistics/index.js'

interface Deps {
  dataSource: DataSource
  unitOfWork: UnitOfWork
  clock: Clock
  secrets: Secrets
  limits: Limits
  wrongCodes: SlowDown
  signInPace: SlowDown
  knownDevices: KnownDevices
  events: EventBus
  secure: boolean
  directory: SiteDirectory
  calendars: CalendarDirectory
}

/** The product and the organisation: nobody's password is made of them (A2). */
const HOUSE_WORDS = ['Turno', 'ASST Ovest Milanese', 'Ovest Milanese', 'ospedale', 'sportello', 'prenotazioni']

/** The rooms of those who work here: who they are, and the queue they serve. */
export function makeOffice(deps: Deps) {
  const siteIds = async () => (await deps.directory.all()).sites.map(({ id }) => id)
  const timeZoneOf = async (siteId: string) => (await deps.directory.site(siteId)).timeZone
  const houseWords = async () => [...HOUSE_WORDS, ...(await deps.directory.all()).sites.map(({ name }) => name)]
  const endings = new SessionEndings()
  const staff = makeStaff({ ...deps, endings, siteIds, houseWords, timeZoneOf })
  const queueRoom = makeQueueRoom({ ...deps, outdateSeats, staff })
  endings.on(queueRoom.queue.releaseCounters)
  endings.asksAbout(queueRoom.queue.heldCounters)
  endings.onRenewal(queueRoom.queue.handOverCounters)
  const queueDeps = { ...queueRoom.queueDeps, unitOfWork: deps.unitOfWork }
  const officeJobs: Job[] = [endDayJob(queueDeps), overdueAccessJob(deps), abandonedCountersJob(queueDeps)]
  return { siteIds, houseWords, staff, queueRoom, officeJobs, outdateSeats }
}

type Office = Pick<ReturnType<typeof makeOffice>, 'staff' | 'queueRoom' | 'outdateSeats'>

/** What staff are asked for at the API: who they are, calendars and closures, bookings at the desk, the queue. */
export function addOfficeRoutes(
  api: Api,
  { staff, queueRoom, ...rest }: Office & BookingRoutesDeps & Pick<Deps, 'dataSource' | 'events'>,
): void {
  for (const addRoutes of [addSessionRoutes, addTotpRoutes, addStaffRoutes, addDeviceRoutes]) addRoutes(api, staff)
  const deps = {
    ...rest,
    permit: staff.permit,
    calendarActions: makeCalendarActions(rest),
    bookingsOutside: makeBookingsOutside(rest),
  }
  addCalendarRoutes(api, deps)
  addExceptionRoutes(api, deps)
  addDeskRoutes(api, deps)
  addMadeRoutes(api, deps)
  queueRoom.addRoutes(api)
  const printerFailedAt = (siteId: string) => staff.devices.printerFailedAt(siteId)
  addConsoleRoutes(api, { reader: queueRoom.reader, permit: staff.permit, printerFailedAt })
  addStatisticsRoutes(api, deps)
}

/** The account pages of those who work here. */
export const makeOwnPages = ({ staff, directory }: Pick<Office, 'staff'> & Pick<Deps, 'directory'>) =>
  makeAccountPages(staff, async () => new Map((await directory.all()).sites.map(({ id, name }) => [id, name])))
