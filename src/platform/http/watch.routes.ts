import { timingSafeEqual } from 'node:crypto'
import { type Request, Router } from 'express'
import type { Registry } from 'prom-client'
import { notFound } from '../../kernel/app-error.js'
import { fingerprint } from '../secrets.js'
import { within } from '../within.js'

interface Deps {
  /** @throws when something that requests need does not answer */
  ready: () => Promise<{ isMailHeld: boolean }>
  registry: Registry
  metricsToken: string | null
  /** Behind a proxy everybody seems to come from this machine: then only the token counts. */
  trustProxy: number
}

/** Whatever has not answered by then is not ready, even if it still hangs. */
const PATIENCE_MS = 2000

const late = (): Error => new Error('no answer in time')

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1'])

/** For whoever runs the house: is the process there, can it work, what does it measure. */
export function watchRoutes({ ready, registry, metricsToken, trustProxy }: Deps): Router {
  const router = Router()
  router.use(['/healthz', '/readyz', '/metrics'], (_req, res, next) => {
    res.set('Cache-Control', 'no-store')
    next()
  })
  router.get('/healthz', (_req, res) => {
    res.json({ status: 'ok' })
  })
  router.get('/readyz', async (_req, res) => {
    try {
      const { isMailHeld } = await within(ready(), PATIENCE_MS, late)
      res.json({ status: 'ready', ...(isMailHeld && { mail: 'held' }) })
    } catch {
      res.status(503).setHeader('Retry-After', '2').json({ status: 'not-ready' })
    }
  })
  router.get('/metrics', async (req, res) => {
    if (!mayRead(req, { metricsToken, trustProxy })) throw notFound()
    res.type(registry.contentType).send(await registry.metrics())
  })
  return router
}

/** From this machine itself – not through a proxy on it – or with the token. */
function mayRead(req: Request, { metricsToken, trustProxy }: Pick<Deps, 'metricsToken' | 'trustProxy'>): boolean {
  const given = req.headers.authorization?.replace(/^Bearer /, '')
  if (metricsToken !== null && given !== undefined) {
    return timingSafeEqual(Buffer.from(fingerprint(given)), Buffer.from(fingerprint(metricsToken)))
  }
  if (trustProxy > 0) return false
  return LOOPBACK.has(req.socket.remoteAddress ?? '') && req.headers['x-forwarded-for'] === undefined
}
