import type { RequestHandler } from 'express'
import helmet from 'helmet'

const YEAR_S = 365 * 86_400

/** No inline script or style, nothing of third parties (item 10). `data:` is for the icons and font inside the CSS. */
const CSP = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'data:'],
  'font-src': ["'self'", 'data:'],
  'connect-src': ["'self'"],
  'manifest-src': ["'self'"],
  'frame-src': ["'self'"],
  'form-action': ["'self'"],
  'base-uri': ["'none'"],
  'frame-ancestors': ["'none'"],
}

/** Of helmet's headers those that are about documents and mean nothing to who reads JSON (OWASP REST Security). */
const OF_DOCUMENTS = new Set([
  'Cross-Origin-Opener-Policy',
  'Origin-Agent-Cluster',
  'X-DNS-Prefetch-Control',
  'X-Download-Options',
  'X-Permitted-Cross-Domain-Policies',
  'X-XSS-Protection',
])

/** For answers that no page is made of: nothing may be loaded, framed or sniffed. */
const DATA_CSP = { 'default-src': ["'none'"], 'frame-ancestors': ["'none'"] }

type Helmet = ReturnType<typeof helmet>

/** A header's name and its value. */
type Header = readonly [string, string]

/**
 * The headers that helmet gives every page: none depends on the request, so helmet is asked once instead of thirteen
 * times a request. `secure`: browsers are told to stay on TLS.
 */
export function guardHeaders(secure: boolean, directives: Record<string, string[]> = CSP): Header[] {
  const headers: Header[] = []
  const setHeader = (name: string, value: string) => headers.push([name, value])
  const guard = helmet({
    contentSecurityPolicy: { useDefaults: false, directives },
    strictTransportSecurity: secure ? { maxAge: YEAR_S } : false,
    referrerPolicy: { policy: 'same-origin' },
    crossOriginEmbedderPolicy: false,
    xPoweredBy: false,
  })
  const answer = { setHeader } as unknown as Parameters<Helmet>[1]
  guard({} as Parameters<Helmet>[0], answer, (error?: unknown) => {
    if (error) throw new Error('helmet refuses these headers', { cause: error })
  })
  return headers
}

/** Those of the API's answers. */
export const dataHeaders = (secure: boolean): Header[] =>
  guardHeaders(secure, DATA_CSP).filter(([name]) => !OF_DOCUMENTS.has(name))

/** Sets them before anything else is done; the API's answers bring them along by themselves (send.ts). */
export function guard(secure: boolean): RequestHandler {
  const headers = guardHeaders(secure)
  return (_req, res, next) => {
    for (const [name, value] of headers) res.setHeader(name, value)
    next()
  }
}
