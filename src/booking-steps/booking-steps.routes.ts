import { type RequestHandler, Router } from 'express'
import { addConfirmedRoutes } from './confirmed.routes.js'
import { addDetailsRoutes } from './details.routes.js'
import { addHoldRoutes } from './hold.routes.js'
import { addPlaceRoutes } from './place.routes.js'
import { addSlotRoutes } from './slot.routes.js'
import type { StepsContext } from './steps-context.js'
import { addSummaryRoutes } from './summary.routes.js'
import { addVisitorRoutes } from './visitor.routes.js'

/** What people type must not stay in a browser's or proxy's cache. */
const ownPage: RequestHandler = (_req, res, next) => {
  res.set({ 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex' })
  next()
}

/** Runs for what is sent, not for what is looked at. A route of its own would make an address of everything below. */
const ofForms =
  (handler: RequestHandler): RequestHandler =>
  (req, res, next) =>
    req.method === 'POST' ? handler(req, res, next) : next()

/** The steps of a booking. Mount it at the root, after cookies, language, form bodies and CSRF. */
export function makeBookingStepsRoutes(context: StepsContext): Router {
  const { browser, limits } = context.deps
  const router = Router({ caseSensitive: true })
  router.use('/prenota', ownPage, browser.give)
  router.use('/prenota', ofForms(limits.perAsker('write')))
  addPlaceRoutes(router, context)
  addSlotRoutes(router, context)
  addDetailsRoutes(router, context)
  addVisitorRoutes(router, context)
  addSummaryRoutes(router, context)
  addConfirmedRoutes(router, context)
  addHoldRoutes(router, context)
  return router
}
