import { createServer } from 'node:http'
import { join } from 'node:path'
import {
  addBookingRoutes,
  type Booking,
  BOOKING_SETTINGS,
  closureReason,
  makeBookings,
  makeWithAlternatives,
} from './bookings/index.js'
import { addHeldMailRoutes, bookingCalendar, makeRecipientOf, makeWriteNotice } from './notices/index.js'
import type { Tx } from './platform/db/tx.js'
import { WriteProbe } from './platform/db/write-probe.js'
import { Api } from './platform/http/api.js'
import { makeAssets } from './platform/http/assets.js'
import { connectionRoom } from './platform/http/connection-room.js'
import { guardConnections, TIMEOUTS } from './platform/http/connections.js'
import { makeHttpApp } from './platform/http/http-app.js'
import { watchRoutes } from './platform/http/watch.routes.js'
import { loopTurns } from './platform/loop-turns.js'
import { readMailFrom } from './platform/mail/mail-from.js'
import { makeBookingMetrics } from './platform/booking-metrics.js'
import { makeMailMetrics } from './platform/mail/mail-metrics.js'
import { makeAdmit } from './platform/mail/admit.js'
import { MAIL_LIMITS } from './platform/mail/recipients.store.js'
import { MailSender } from './platform/mail/mail-sender.js'
import { makeRenderMail } from './platform/mail/mail-view.js'
import { OutboxStore } from './platform/mail/outbox.store.js'
import { makeMailTransport } from './platform/mail/transport.js'
import { makeSocketServer } from './platform/sockets/socket-server.js'
import { makeJobs } from './jobs-wiring.js'
import { makePageRouters } from './pages-wiring.js'
import { CalendarDirectory } from './scheduling/index.js'
import {
  addSeatRoutes,
  addSiteRoutes,
  announceSeats,
  Availability,
  DaysAnswers,
  Seats,
  TakenDays,
} from './seats/index.js'
import { SiteDirectory } from './sites/index.js'
import { addOfficeRoutes, makeOffice } from './staff-wiring.js'
import { type House, makeHouse, type Parts } from './house.js'

export type { House, Parts } from './house.js'

/** Builds every room by hand; nothing listens or runs before `start`. */
export function makeApp(parts: Parts) {
  const house = makeHouse(parts)
  const rooms = makeRooms(parts, house)
  const sender = makeSender(parts, house, rooms)
  const jobs = makeJobs(parts, house, rooms)
  const web = makePages(parts, house, rooms)
  const http = createServer(TIMEOUTS, web)
  http.on('connection', () => loopTurns.noteConnection())
  const sockets = makeSocketServer(http, { ...parts.config, redis: parts.redis, log: parts.log })
  announceSeats(sockets.namespaces, house.events)
  guardConnections(http, connectionRoom(parts.config))
  const stopTelling = rooms.queueRoom.announce({ sockets: sockets.namespaces, log: parts.log, redis: parts.redis })
  const start = () => {
    jobs.start()
    sender.start()
  }
  const stop = async () => {
    stopTelling()
    await jobs.stop()
    await sender.stop()
    house.beside.flush()
  }
  return { ...house, ...rooms, web, http, io: sockets.io, jobs, sender, start, stop }
}

export type App = ReturnType<typeof makeApp>

function makeRooms({ config, dataSource, clock }: Parts, house: House) {
  const { events, secrets } = house
  const metrics = makeBookingMetrics(house.metrics.registry)
  const directory = new SiteDirectory({ dataSource, events })
  const calendars = new CalendarDirectory({ dataSource, events })
  const takenDays = new TakenDays(dataSource, events)
  const availability = new Availability({ calendars, directory, takenDays, clock })
  const daysAnswers = new DaysAnswers({ availability, calendars, takenDays, clock })
  const seats = new Seats({ calendars, directory, events })
  const settings = { ...BOOKING_SETTINGS, rateLimits: config.rateLimits }
  const bookingDeps = { clock, secrets, seats, directory, events, metrics, settings, dataSource }
  const bookings = makeBookings(bookingDeps)
  const withAlternatives = makeWithAlternatives({ availability, directory })
  const office = makeOffice({ ...house, dataSource, clock, directory, calendars })
  return { ...office, directory, calendars, availability, daysAnswers, seats, bookingDeps, bookings, withAlternatives }
}

export type Rooms = ReturnType<typeof makeRooms>

function makeSender({ config, dataSource, clock, log, root }: Parts, house: House, { bookings, directory }: Rooms) {
  const { secrets, events, unitOfWork, metrics, restores } = house
  const { baseUrl, mailFrom } = config
  const render = makeRenderMail(join(root, 'views'))
  const write = makeWriteNotice({
    findBooking: bookings.findById,
    isProven: bookings.isProven,
    closureReason: (booking, timeZone) => closureReason(dataSource.manager, booking, timeZone),
    bookingsOf: bookings.ofMail,
    sites: directory,
    secrets,
    clock,
    render,
    baseUrl,
    mailFrom,
  })
  const backlog = () => new OutboxStore(dataSource.manager).backlog()
  const count = makeMailMetrics({ registry: metrics.registry, clock, backlog })
  const transport = makeMailTransport(config)
  const recipientOf = makeRecipientOf({ findBooking: bookings.findById, secrets, clock })
  const limits = config.rateLimits ? MAIL_LIMITS : null
  const admit = makeAdmit({ unitOfWork, clock, recipientOf, limits })
  const isHeld = () => restores.isMailHeld()
  const noteSent = (tx: Tx) => restores.raise(tx)
  const gates = { admit, isHeld, noteSent }
  return new MailSender({ dataSource, unitOfWork, clock, log, events, transport, write, count, ...gates })
}

function makeApi({ config, clock, dataSource }: Parts, house: House, rooms: Rooms): Api {
  const { baseUrl } = config
  const organizer = readMailFrom(config.mailFrom)
  const api = new Api({ ...house, baseUrl })
  addSiteRoutes(api, rooms)
  addSeatRoutes(api, rooms)
  const deps = {
    ...rooms,
    ...house,
    dataSource,
    clock,
    baseUrl,
    calendarOf: async (booking: Booking) => {
      const site = await rooms.directory.site(booking.siteId)
      return bookingCalendar({ booking, site, now: clock(), organizer }).text
    },
  }
  addBookingRoutes(api, deps)
  addOfficeRoutes(api, deps)
  addHeldMailRoutes(api, { ...deps, permit: rooms.staff.permit })
  api.close()
  return api
}

function makePages(parts: Parts, house: House, rooms: Rooms) {
  const { config, clock, log, redis, root } = parts
  const probe = new WriteProbe({ ...house, clock })
  const ready = async () => {
    await probe.prove()
    await redis?.ping()
    return { isMailHeld: await house.restores.isMailHeld() }
  }
  return makeHttpApp({
    ...house,
    log,
    isKnownBrowser: ({ headers }) => house.knownDevices.idOf(headers) !== null,
    trustProxy: config.trustProxy,
    viewsDir: join(root, 'views'),
    publicDir: join(root, 'public'),
    countRequest: house.metrics.countRequest,
    watch: watchRoutes({
      ready,
      registry: house.metrics.registry,
      metricsToken: config.metricsToken,
      trustProxy: config.trustProxy,
    }),
    api: makeApi(parts, house, rooms),
    assets: [makeAssets()],
    ...makePageRouters({ ...rooms, ...house, config, clock, root }),
  })
}
