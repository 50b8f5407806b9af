import type { DraftCookie } from '../booking-steps/index.js'
import type { Edge } from '../platform/edge.js'
import type { House } from '../platform/house.js'
import { type HomeDeps, HomePages } from './home.pages.js'
import { makeHomeRoutes } from './home.routes.js'
import { InformationPages } from './information.pages.js'

interface Neighbours extends HomeDeps {
  drafts: DraftCookie
}

/** The first page, the page of each matter (M6), and what a public page owes. */
export function makeHomeRoom(_house: House, { drafts, ...rooms }: Neighbours) {
  const routes = makeHomeRoutes({ drafts, pages: new HomePages(rooms), information: new InformationPages(rooms) })
  const edge: Edge = { pages: [routes] }
  return { edge }
}
