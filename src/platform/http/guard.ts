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

type Helmet = ReturnType<typeof helmet>

/**
 * The headers that helmet gives every answer, names and values in turn, as `writeHead` takes them: none depends on the
 * request, so helmet is asked once instead of thirteen times a request. `secure`: browsers are told to stay on TLS.
 */
export function guardHeaders(secure: boolean): string[] {
  const headers: string[] = []
  const setHeader = (name: string, value: string) => headers.push(name, value)
  const guard = helmet({
    contentSecurityPolicy: { useDefaults: false, directives: CSP },
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

/** Sets them before anything else is done; the API's answers bring them along by themselves (send.ts). */
export function guard(secure: boolean): RequestHandler {
  const headers = guardHeaders(secure)
  return (_req, res, next) => {
    for (let i = 0; i < headers.length; i += 2) res.setHeader(headers[i] ?? '', headers[i + 1] ?? '')
    next()
  }
}
