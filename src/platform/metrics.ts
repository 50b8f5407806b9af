import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'

/** Notes an answered request by its route's pattern, never its address. */
export type CountRequest = (route: string, status: number, ms: number) => void

/** One registry per app, so that tests may start several in one process. */
export function makeMetrics(): { registry: Registry; countRequest: CountRequest } {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const seconds = new Histogram({
    name: 'turno_http_request_seconds',
    help: 'Time to answer, by route pattern and status',
    labelNames: ['route', 'status'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2],
    registers: [registry],
  })
  // One child for each route and status: prom-client would look its labels through at every observation.
  const children = new Map<string, ReturnType<typeof seconds.labels>>()
  const countRequest: CountRequest = (route, status, ms) => {
    const key = `${route} ${status}`
    const child = children.get(key) ?? seconds.labels(route, String(status))
    children.set(key, child)
    child.observe(ms / 1000)
  }
  return { registry, countRequest }
}
