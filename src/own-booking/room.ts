import type { Edge } from '../platform/edge.js'
import type { House } from '../platform/house.js'
import { ManagePages } from './manage.pages.js'
import type { OwnBookingDeps } from './own-booking-deps.js'
import { makeOwnBookingRoutes } from './own-booking.routes.js'
import { OwnDayPages } from './own-day.pages.js'

/** The pages on which people look after the booking they have. */
export function makeOwnBookingRoom(house: House, rooms: Omit<OwnBookingDeps, keyof House>) {
  const deps = { ...house, ...rooms }
  const ownPages = new ManagePages(deps, rooms.calendarPages, new OwnDayPages(deps))
  const edge: Edge = { pages: [makeOwnBookingRoutes({ deps, pages: ownPages })] }
  return { ownPages, edge }
}
