import type { Access } from '../access/index.js'
import type { Edge } from '../platform/edge.js'
import type { House } from '../platform/house.js'
import type { QueueRoom } from '../queue/index.js'
import type { SitesRoom } from '../sites/index.js'
import { addConsoleRoutes } from './console.routes.js'
import { makeOperatorRoutes } from './operator.routes.js'

interface Neighbours extends SitesRoom, Pick<QueueRoom, 'queue' | 'reader'> {
  access: Access
}

/** The counter console. */
export function makeOperatorRoom(house: House, { access, directory, queue, reader }: Neighbours) {
  const edge: Edge = {
    addRoutes: (api) => addConsoleRoutes(api, { reader, permit: access.permit, devices: access.devices }),
    pages: [makeOperatorRoutes({ ...house, directory, queue, reader, page: access.page })],
  }
  return { edge }
}
