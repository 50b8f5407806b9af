import type { Access } from '../access/index.js'
import type { Edge } from '../platform/edge.js'
import type { House } from '../platform/house.js'
import type { SitesRoom } from '../sites/index.js'
import { makeCalendarActions } from './actions.js'
import type { BookingsOutside } from './bookings-outside.js'
import type { OutdateSeats } from './calendar-changes.js'
import { CalendarDirectory } from './calendar-directory.js'
import { addCalendarRoutes } from './calendar.routes.js'
import { addExceptionRoutes } from './exception.routes.js'

interface Neighbours extends SitesRoom {
  access: Access
  /** The rooms above, which know seats and bookings. */
  outdateSeats: OutdateSeats
  bookingsOutside: BookingsOutside
}

/** When a site has slots: calendars, closures, special openings (S). */
export function makeSchedulingRoom(house: House, { access, directory, outdateSeats, bookingsOutside }: Neighbours) {
  const calendars = new CalendarDirectory({ ...house, directory })
  const calendarActions = makeCalendarActions({ ...house, outdateSeats })
  const edge: Edge = {
    addRoutes(api) {
      const deps = { ...house, directory, calendarActions, bookingsOutside, permit: access.permit }
      addCalendarRoutes(api, deps)
      addExceptionRoutes(api, deps)
    },
  }
  return { calendars, edge }
}

export type SchedulingRoom = ReturnType<typeof makeSchedulingRoom>
