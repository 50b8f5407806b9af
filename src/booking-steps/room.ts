import type { Edge } from '../platform/edge.js'
import type { House } from '../platform/house.js'
import { makeBookingStepsRoutes } from './booking-steps.routes.js'
import { makeStepsContext } from './steps-context.js'
import type { StepsDeps } from './steps-deps.js'

/** The pages on which people choose a site and a time, and book. */
export function makeBookingStepsRoom(house: House, rooms: Omit<StepsDeps, keyof House>) {
  const context = makeStepsContext({ ...house, ...rooms })
  const edge: Edge = { pages: [makeBookingStepsRoutes(context)] }
  return { drafts: context.drafts, edge }
}
