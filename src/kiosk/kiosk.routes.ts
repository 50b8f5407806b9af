import { Router } from 'express'
import { secretPage } from '../platform/pages/page-headers.js'
import { translator } from '../messages/index.js'
import type { Bundles } from '../platform/pages/bundles.js'
import { page } from '../platform/pages/page.js'
import type { Queue } from '../queue/index.js'
import type { SiteDirectory } from '../sites/index.js'
import { type KioskPage, kioskPage } from './kiosk.pages.js'

interface Deps {
  directory: SiteDirectory
  queue: Queue
  /** The folder that holds `public/`. */
  bundles: Bundles
}

const showKiosk = page<KioskPage>('kiosk/kiosk')

/** The touch screen of a waiting room. Who opens the page can look at it; numbers are for a paired one alone (W6). */
export function makeKioskRoutes({ directory, queue, bundles }: Deps): Router {
  const router = Router({ caseSensitive: true })
  // A worker rules the addresses below its own.
  const worker = bundles.text('shell-worker.js')
  router.get('/kiosk/shell-worker.js', (_req, res) => {
    res.set('Cache-Control', 'no-store').type('js').send(worker)
  })
  router.get('/kiosk/:site', secretPage, async (req, res) => {
    const site = await directory.site(String(req.params.site))
    const [facts, now] = await Promise.all([directory.all(), queue.walkInsNow(site.id)])
    // People find it in Italian, whatever the machine's own language or the last visitor's (W: reset).
    Object.assign(res.locals, { lang: 'it', t: translator('it') })
    res.setHeader('Content-Language', 'it')
    showKiosk(res, kioskPage({ site, facts, now, startsIn: req.query.lang === 'en' ? 'en' : 'it' }))
  })
  return router
}
