import type { Edge } from '../platform/edge.js'
import type { House } from '../platform/house.js'
import { MatterDirectory } from './matter-directory.js'
import { addMatterRoutes } from './matter.routes.js'

/** What people come for, and where each matter can be settled (M1). */
export function makeMattersRoom({ dataSource, events, clock }: Pick<House, 'dataSource' | 'events' | 'clock'>) {
  const matters = new MatterDirectory({ dataSource, events })
  const edge: Edge = {
    addRoutes(api) {
      addMatterRoutes(api, { matters, events, clock })
    },
  }
  return { matters, edge }
}
