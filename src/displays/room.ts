import type { Edge } from '../platform/edge.js'
import type { House } from '../platform/house.js'
import type { QueueRoom } from '../queue/index.js'
import { makeNumberOf } from './booked-number.js'
import { makeDisplayRoutes } from './display.routes.js'
import { addScreenRoutes } from './screen.routes.js'
import { announceScreens } from './screen.sockets.js'
import { makeTicketRoutes } from './ticket.routes.js'

/** What a waiting room looks at: the board on the wall, and one's own number on the phone (B, W5). */
export function makeDisplaysRoom(house: House, { queue, reader }: Pick<QueueRoom, 'queue' | 'reader'>) {
  const { events, log } = house
  const edge: Edge = {
    addRoutes: (api) => addScreenRoutes(api, { reader }),
    pages: [makeDisplayRoutes({ ...house, reader }), makeTicketRoutes({ ...house, queue, reader })],
    announce: (sockets) => announceScreens({ sockets, events, reader, log }),
  }
  return { numberOf: makeNumberOf({ ...house, queue, reader }), edge }
}
