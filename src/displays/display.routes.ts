import { Router } from 'express'
import { translator } from '../messages/index.js'
import type { Bundles } from '../platform/pages/bundles.js'
import { page } from '../platform/pages/page.js'
import type { QueueReader } from '../queue/index.js'
import { type DisplayPage, displayPage, displaySettings } from './display.pages.js'
import { releaseOf } from './release.js'

interface Deps {
  reader: QueueReader
  /** The folder that holds `views/` and `public/`. */
  root: string
  bundles: Bundles
}

const showDisplay = page<DisplayPage>('displays/display')

/** The screens of waiting rooms, open to whoever can see them (B1). */
export function makeDisplayRoutes({ reader, root, bundles }: Deps): Router {
  const router = Router({ caseSensitive: true })
  const release = releaseOf(root)
  router.use('/display', (_req, res, next) => {
    res.set({ 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex' })
    next()
  })
  // A worker rules the addresses below its own.
  const [worker, script] = [bundles.text('shell-worker.js'), bundles.text('display.js')]
  router.get('/display/shell-worker.js', (_req, res) => res.type('js').send(worker))
  router.get('/display/script.js', (_req, res) => res.type('js').send(script))
  router.get('/display/:site', async (req, res) => {
    const facts = await reader.facts(req.params.site)
    const settings = displaySettings(req.query)
    const t = translator(settings.lang)
    Object.assign(res.locals, { lang: settings.lang, t })
    res.setHeader('Content-Language', settings.lang)
    showDisplay(res, displayPage(facts, settings, { t, release }))
  })
  // Asked at each connection: a screen that shows another release loads itself anew.
  router.get('/display/:site/release', (_req, res) => {
    res.json({ release })
  })
  return router
}
