import type { Edge } from '../platform/edge.js'
import type { House } from '../platform/house.js'
import type { SchedulingRoom } from '../scheduling/index.js'
import type { SitesRoom } from '../sites/index.js'
import { Availability } from './availability.js'
import { FreeAnswers } from './free-answers.js'
import { addSeatRoutes } from './seat.routes.js'
import { Seats } from './seats.js'
import { announceSeats } from './seats.sockets.js'
import { addSiteRoutes } from './site.routes.js'
import { TakenDays } from './taken-days.js'

/** What is free: it alone counts seats, and knows nothing of people (K1). */
export function makeSeatsRoom(
  { dataSource, events, clock }: House,
  { directory, calendars }: SitesRoom & Pick<SchedulingRoom, 'calendars'>,
) {
  const takenDays = new TakenDays(dataSource, events)
  const availability = new Availability({ calendars, directory, takenDays, clock })
  const freeAnswers = new FreeAnswers({ availability, calendars, takenDays, clock })
  const edge: Edge = {
    addRoutes(api) {
      addSiteRoutes(api, { directory, availability, events, clock })
      addSeatRoutes(api, { directory, availability, freeAnswers })
    },
    announce(sockets) {
      announceSeats(sockets, events)
      return () => undefined
    },
  }
  return { seats: new Seats({ calendars, directory, events }), availability, edge }
}

export type SeatsRoom = ReturnType<typeof makeSeatsRoom>
