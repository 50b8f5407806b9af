import type { DraftCookie } from '../booking-steps/index.js'
import type { Edge } from '../platform/edge.js'
import type { House } from '../platform/house.js'
import { type HomeDeps, HomePages } from './home.pages.js'
import { makeHomeRoutes } from './home.routes.js'

interface Neighbours extends HomeDeps {
  drafts: DraftCookie
}

/** The first page, and what a public page owes. */
export function makeHomeRoom(_house: House, { drafts, ...rooms }: Neighbours) {
  const edge: Edge = { pages: [makeHomeRoutes({ drafts, pages: new HomePages(rooms) })] }
  return { edge }
}
