import { type RequestHandler, Router } from 'express'
import { languageLinks } from '../platform/pages/language-links.js'
import { makeCitizenContext } from './citizen-context.js'
import type { CitizenDeps } from './citizen-deps.js'
import { addDetailsRoutes } from './details.routes.js'
import { addHoldRoutes } from './hold.routes.js'
import { addHomeRoutes } from './home.routes.js'
import { addManageRoutes } from './manage.routes.js'
import { addMoveRoutes } from './move.routes.js'
import { addPlaceRoutes } from './place.routes.js'
import { addSlotRoutes } from './slot.routes.js'
import { addSummaryRoutes } from './summary.routes.js'
import { addVisitorRoutes } from './visitor.routes.js'
import { speechOf } from '../platform/pages/speech.js'

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

/**
 * The citizen's pages. Mount it at the root, after cookies, language, form bodies and CSRF; what it does not answer
 * goes on, with the header's facts in `res.locals` for the error page.
 */
export function makeCitizenRoutes(deps: CitizenDeps): Router {
  const context = makeCitizenContext(deps)
  const router = Router({ caseSensitive: true })
  router.use(async (req, res, next) => {
    res.locals.languages = languageLinks(req.originalUrl, speechOf(res).lang)
    res.locals.isExample = (await deps.directory.all()).sites.some(({ isExample }) => isExample)
    next()
  })
  addHomeRoutes(router, context)
  router.use('/prenota', ownPage, deps.browser.give)
  router.use('/prenota', ofForms(deps.limits.perAsker('write')))
  addPlaceRoutes(router, context)
  addSlotRoutes(router, context)
  addDetailsRoutes(router, context)
  addVisitorRoutes(router, context)
  addSummaryRoutes(router, context)
  addHoldRoutes(router, context)
  addManageRoutes(router, context)
  addMoveRoutes(router, context)
  return router
}
