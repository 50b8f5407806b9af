import type { Edge } from '../platform/edge.js'
import type { House } from '../platform/house.js'
import type { QueueRoom } from '../queue/index.js'
import type { SitesRoom } from '../sites/index.js'
import { makeKioskRoutes } from './kiosk.routes.js'

/** The machine at the entrance that gives numbers (W, D6). */
export function makeKioskRoom(house: House, { directory, queue }: SitesRoom & Pick<QueueRoom, 'queue'>) {
  const edge: Edge = { pages: [makeKioskRoutes({ ...house, directory, queue })] }
  return { edge }
}
