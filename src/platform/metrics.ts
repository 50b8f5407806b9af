import type { RequestHandler } from 'express'
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import { routeOf } from './http/error-handler.js'

/** One registry per app, so that tests may start several in one process. */
export function makeMetrics(): { registry: Registry; measure: RequestHandler } {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const seconds = new Histogram({
    name: 'turno_http_request_seconds',
    help: 'Time to answer, by route pattern and status',
    labelNames: ['route', 'status'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2],
    registers: [registry],
  })
  const measure: RequestHandler = (req, res, next) => {
    const startedMs = performance.now()
    res.once('finish', () => {
      seconds.observe({ route: routeOf(req), status: res.statusCode }, (performance.now() - startedMs) / 1000)
    })
    next()
  }
  return { registry, measure }
}
