import type { Edge } from '../platform/edge.js'
import type { House } from '../platform/house.js'
import type { Availability } from '../seats/index.js'
import type { SiteDirectory } from '../sites/index.js'
import { CalendarPages } from './calendar.pages.js'
import { makeHeaderRoutes } from './header.routes.js'

interface Neighbours {
  directory: SiteDirectory
  availability: Availability
}

/** What the citizens' pages share: their header, and the calendar on which a time is chosen. */
export function makeCitizenRoom({ clock }: House, { directory, availability }: Neighbours) {
  const edge: Edge = { pages: [makeHeaderRoutes({ directory })] }
  return { calendarPages: new CalendarPages(availability, clock), edge }
}
