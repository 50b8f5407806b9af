import type { RequestHandler, Router } from 'express'
import { notFound } from '../../kernel/app-error.js'

/** What Express keeps of a route; its types leave `match` and `methods` out. */
interface Layer {
  match(path: string): boolean
  route?: { methods: Record<string, boolean | undefined> }
}

const layersOf = (routers: readonly Router[]): Layer[] => routers.flatMap(({ stack }) => stack as unknown as Layer[])

/**
 * Goes before the CSRF check: a form sent to an address that takes none is answered with 404, as a page there would be, and
 * not with what only the sender of a stale form should read. @throws not-found
 */
export function knownAddress(pages: readonly Router[]): RequestHandler {
  const layers = layersOf(pages)
  return ({ method, path }, _res, next) => {
    const name = method.toLowerCase()
    const takes = (layer: Layer) =>
      (layer.route?.methods[name] ?? layer.route?.methods._all) === true && layer.match(path)
    const isReading = name === 'get' || name === 'head' || name === 'options'
    if (!isReading && !layers.some(takes)) throw notFound()
    next()
  }
}
