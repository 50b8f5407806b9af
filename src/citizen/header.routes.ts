import { Router } from 'express'
import { languageLinks } from '../platform/pages/language-links.js'
import { speechOf } from '../platform/pages/speech.js'
import type { SiteDirectory } from '../sites/index.js'

/**
 * The header's facts in `res.locals`, for every citizen's page and for the error page of what none of them answers: it
 * goes before all of them.
 */
export function makeHeaderRoutes({ directory }: { directory: SiteDirectory }): Router {
  const router = Router({ caseSensitive: true })
  router.use(async (req, res, next) => {
    res.locals.languages = languageLinks(req.originalUrl, speechOf(res).lang)
    res.locals.isExample = (await directory.all()).sites.some(({ isExample }) => isExample)
    next()
  })
  return router
}
