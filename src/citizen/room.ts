import type { Edge } from '../platform/edge.js'
import type { House } from '../platform/house.js'
import type { CitizenDeps } from './citizen-deps.js'
import { makeCitizenRoutes } from './citizen.routes.js'

type Neighbours = Omit<CitizenDeps, keyof House>

/** The pages on which people choose a site and a time, and look after their booking. */
export function makeCitizenRoom(house: House, rooms: Neighbours) {
  const edge: Edge = { pages: [makeCitizenRoutes({ ...house, ...rooms })] }
  return { edge }
}
