import type { Access } from '../access/index.js'
import { makeBookingMetrics } from '../platform/booking-metrics.js'
import type { Edge } from '../platform/edge.js'
import type { House } from '../platform/house.js'
import type { SchedulingRoom } from '../scheduling/index.js'
import type { SeatsRoom } from '../seats/index.js'
import type { SitesRoom } from '../sites/index.js'
import { makeBookings } from './actions.js'
import { makeWithAlternatives } from './alternatives.js'
import { bookingAlarmJob } from './booking-alarm.job.js'
import { BOOKING_SETTINGS } from './booking-deps.js'
import { addBookingRoutes } from './booking.routes.js'
import { addDeskContactRoute } from './contact.routes.js'
import type { BookingRoutesDeps } from './route-deps.js'
import { addDeskRoutes } from './desk.routes.js'
import { addDeskMoveRoute } from './desk-move.routes.js'
import { addMadeRoutes } from './made.routes.js'
import { noShowJob } from './no-show.job.js'
import { overdueJob } from './overdue.job.js'
import { retentionJob } from './retention.job.js'

interface Neighbours
  extends SitesRoom,
    Pick<SchedulingRoom, 'calendars'>,
    Pick<SeatsRoom, 'seats' | 'availability'>,
    Pick<BookingRoutesDeps, 'calendarOf'> {
  access: Access
}

/** Who has a seat, from the hold to the visit (K), and what staff do with it (K10, S8, X4). */
export function makeBookingsRoom(house: House, { access, calendarOf, ...rooms }: Neighbours) {
  const metrics = makeBookingMetrics(house.metrics.registry)
  const settings = { ...BOOKING_SETTINGS, rateLimits: house.config.rateLimits }
  const deps = { ...house, ...rooms, metrics, settings }
  const bookings = makeBookings(deps)
  const edge: Edge = {
    addRoutes(api) {
      const withAlternatives = makeWithAlternatives(rooms)
      const routeDeps = { ...house, ...rooms, bookings, withAlternatives, calendarOf, permit: access.permit }
      addBookingRoutes(api, routeDeps)
      addDeskRoutes(api, routeDeps)
      addDeskMoveRoute(api, routeDeps)
      addDeskContactRoute(api, routeDeps)
      addMadeRoutes(api, routeDeps)
    },
    jobs: [overdueJob(deps), noShowJob(deps), bookingAlarmJob(deps), retentionJob(deps)],
  }
  return { bookings, bookingDeps: deps, edge }
}

export type BookingsRoom = ReturnType<typeof makeBookingsRoom>
