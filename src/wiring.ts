import { createServer } from 'node:http'
import { join } from 'node:path'
import { makeAccessRoom } from './access/index.js'
import { makeBookingStepsRoom } from './booking-steps/index.js'
import { makeBookingsOutside, makeBookingsRoom } from './bookings/index.js'
import { makeCitizenRoom } from './citizen/index.js'
import { makeDisplaysRoom } from './displays/index.js'
import { makeHomeRoom } from './home/index.js'
import { makeKioskRoom } from './kiosk/index.js'
import { makeMattersRoom } from './matters/index.js'
import { makeCalendarOf, makeNoticesRoom } from './notices/index.js'
import { makeOperatorRoom } from './operator/index.js'
import { makeOwnBookingRoom } from './own-booking/index.js'
import { WriteProbe } from './platform/db/write-probe.js'
import type { Edge } from './platform/edge.js'
import { type House, makeHouse, type Parts } from './platform/house.js'
import { Api } from './platform/http/api.js'
import { connectionRoom } from './platform/http/connection-room.js'
import { guardConnections, TIMEOUTS } from './platform/http/connections.js'
import { makeHttpApp } from './platform/http/http-app.js'
import { makeNoteRequest } from './platform/http/request-notes.js'
import { watchRoutes } from './platform/http/watch.routes.js'
import { housekeepingJob } from './platform/jobs/housekeeping.job.js'
import { Jobs } from './platform/jobs/jobs.js'
import { walJob } from './platform/jobs/wal.job.js'
import { loopTurns } from './platform/loop-turns.js'
import { makeSocketServer } from './platform/sockets/socket-server.js'
import { makeQueueRoom } from './queue/index.js'
import { makeSchedulingRoom } from './scheduling/index.js'
import { makeSeatsRoom, outdateSeats } from './seats/index.js'
import { makeSitesRoom } from './sites/index.js'
import { makeStaffRoom } from './staff/index.js'
import { makeStatisticsRoom } from './statistics/index.js'

/**
 * Every room, from below to above: each is given the house and the rooms that it may know (docs/architecture.md). What a
 * room must ask of one above it comes as a function.
 */
function makeRooms(house: House) {
  const access = makeAccessRoom(house)
  const sites = makeSitesRoom(house)
  const matters = makeMattersRoom(house)
  const below = { access, ...sites, outdateSeats }
  const staff = makeStaffRoom(house, below)
  const scheduling = makeSchedulingRoom(house, { ...below, bookingsOutside: makeBookingsOutside(house) })
  const seats = makeSeatsRoom(house, { ...below, ...scheduling })
  const free = { ...below, ...scheduling, ...seats }
  const bookings = makeBookingsRoom(house, { ...free, calendarOf: makeCalendarOf(house, sites) })
  const notices = makeNoticesRoom(house, { ...below, ...matters, ...bookings })
  const queue = makeQueueRoom(house, { ...below, ...scheduling })
  const statistics = makeStatisticsRoom(house, below)
  const displays = makeDisplaysRoom(house, queue)
  const kiosk = makeKioskRoom(house, { ...below, ...queue })
  const operator = makeOperatorRoom(house, { ...below, ...queue })
  const citizen = makeCitizenRoom(house, free)
  const ownBooking = makeOwnBookingRoom(house, { ...free, ...matters, ...bookings, ...queue, ...displays, ...citizen })
  const bookingSteps = makeBookingStepsRoom(house, { ...free, ...bookings, ...citizen, ...ownBooking })
  const home = makeHomeRoom(house, { ...free, ...matters, ...bookingSteps })
  const staffed = [staff, scheduling, seats, bookings, notices, queue, statistics, displays, kiosk, operator]
  const edges = [matters, ...staffed, citizen, ownBooking, bookingSteps, home]
  return { ...staff, ...free, ...bookings, ...notices, ...queue, edges: edges.map(({ edge }): Edge => edge) }
}

/** Builds the whole; nothing listens or runs before `start`. */
export function makeApp(parts: Parts) {
  const house = makeHouse(parts)
  const { edges, ...rooms } = makeRooms(house)
  const jobs = makeJobs(house, edges)
  const { web, quick } = makeWeb(house, edges)
  const http = createServer(TIMEOUTS, web)
  http.on('connection', () => loopTurns.noteConnection())
  const sockets = makeSocketServer(http, { ...house.config, redis: house.redis, log: house.log })
  guardConnections(http, connectionRoom(house.config), { quick })
  const stopTelling = edges.map((edge) => edge.announce?.(sockets.namespaces))
  const start = () => {
    jobs.start()
    rooms.sender.start()
  }
  const stop = async () => {
    for (const stopOne of stopTelling) stopOne?.()
    await jobs.stop()
    await rooms.sender.stop()
    house.beside.flush()
  }
  return { ...house, ...rooms, web, http, io: sockets.io, jobs, start, stop }
}

export type App = ReturnType<typeof makeApp>

function makeJobs(house: House, edges: readonly Edge[]): Jobs {
  const { dataSource, config, unitOfWork } = house
  const own = [housekeepingJob(unitOfWork), walJob({ dataSource, dataDir: config.dataDir })]
  return new Jobs([...edges.flatMap(({ jobs = [] }) => jobs), ...own], house)
}

function makeWeb(house: House, edges: readonly Edge[]) {
  const { config, log, metrics, root, redis, restores, knownDevices } = house
  const note = makeNoteRequest(log, metrics.countRequest)
  const api = new Api({ ...house, note, trustProxy: config.trustProxy })
  for (const edge of edges) edge.addRoutes?.(api)
  api.close()
  const probe = new WriteProbe(house)
  const ready = async () => {
    await probe.prove()
    await redis?.ping()
    return { isMailHeld: await restores.isMailHeld() }
  }
  const web = makeHttpApp({
    ...house,
    isKnownBrowser: ({ headers }) => knownDevices.idOf(headers) !== null,
    trustProxy: config.trustProxy,
    viewsDir: join(root, 'views'),
    note,
    watch: watchRoutes({ ...config, ready, registry: metrics.registry }),
    api,
    ownPages: edges.flatMap(({ ownPages = [] }) => ownPages),
    pages: edges.flatMap(({ pages = [] }) => pages),
  })
  return { web, quick: api.memory.answer }
}
