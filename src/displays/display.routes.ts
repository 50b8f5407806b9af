import { join } from 'node:path'
import { Router } from 'express'
import { translator } from '../messages/index.js'
import { browserScript, SHELL_WORKER } from '../platform/browser-script.js'
import { page } from '../platform/pages/page.js'
import type { QueueReader } from '../queue/index.js'
import { type DisplayPage, displayPage, displaySettings } from './display.pages.js'
import { releaseOf } from './release.js'

interface Deps {
  reader: QueueReader
  /** The folder that holds `views/` and `public/`. */
  root: string
}

const showDisplay = page<DisplayPage>('displays/display')

/** The screens of waiting rooms, open to whoever can see them (B1). */
export function makeDisplayRoutes({ reader, root }: Deps): Router {
  const router = Router({ caseSensitive: true })
  const release = releaseOf(root)
  router.use('/display', (_req, res, next) => {
    res.set({ 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex' })
    next()
  })
  // A worker rules the addresses below its own.
  router.get('/display/shell-worker.js', async (_req, res) => {
    res.type('js').send(await browserScript(join(root, SHELL_WORKER)))
  })
  router.get('/display/script.js', async (_req, res) => {
    res.type('js').send(await browserScript(join(root, 'public/js/display/display.ts')))
  })
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
