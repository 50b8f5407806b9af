import type { Access } from '../access/index.js'
import type { Edge } from '../platform/edge.js'
import type { House } from '../platform/house.js'
import type { SitesRoom } from '../sites/index.js'
import { addStatisticsRoutes } from './statistics.routes.js'

/** A manager's figures: counts and times, nothing of persons. */
export const makeStatisticsRoom = (house: House, { access, directory }: SitesRoom & { access: Access }) => {
  const edge: Edge = {
    addRoutes: (api) => addStatisticsRoutes(api, { ...house, directory, permit: access.permit }),
  }
  return { edge }
}
