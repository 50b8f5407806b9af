import compression from 'compression'
import type { Request, RequestHandler } from 'express'

/** What a page says depends on these: cookies (who asks, what was typed, the language chosen) and the browser's own language. */
export const PAGE_VARIES = 'Cookie, Accept-Language'

/**
 * Pages carry tokens of forms, and often what somebody typed: nobody keeps them. A page that may be kept says so itself.
 */
export const keepNothing: RequestHandler = (_req, res, next) => {
  res.set({ 'Cache-Control': 'no-store', Vary: PAGE_VARIES })
  next()
}

/**
 * BREACH: whoever can make a browser ask us for pages, and see how long the packed answers are, can guess a token in them.
 * Only what the browser was sent to by a page of ours, or by its user, is packed (docs/decisions/026).
 */
export const isOwnAsking = ({ headers }: Pick<Request, 'headers'>): boolean =>
  headers['sec-fetch-site'] === 'same-origin' || headers['sec-fetch-site'] === 'none'

export const packPages = (): RequestHandler =>
  compression({ filter: (req, res) => isOwnAsking(req as Request) && compression.filter(req, res) })

/** For pages behind a secret address (L1): not kept, not told to where its links lead, not found by searching. */
export const secretPage: RequestHandler = (_req, res, next) => {
  res.set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer', 'X-Robots-Tag': 'noindex' })
  next()
}
