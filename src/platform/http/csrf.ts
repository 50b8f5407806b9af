import { DAY_MS } from '../../kernel/clock.js'
import { randomBytes } from 'node:crypto'
import type { Request, RequestHandler } from 'express'
import { doubleCsrf } from 'csrf-csrf'
import type { Secrets } from '../secrets.js'

/** Names of cookies that only this host may set over TLS start with `__Host-`; browsers refuse them on plain http. */
export const cookieName = (name: string, secure: boolean): string => (secure ? `__Host-${name}` : name)

/**
 * CSRF for every form: signed double submit, bound to a random cookie of the browser. Puts `csrfToken` into
 * `res.locals`; forms send it as `_csrf`, scripts as `X-CSRF-Token`.
 */
export function makeCsrf(secrets: Secrets, secure: boolean): RequestHandler[] {
  const visitorCookie = cookieName('visitor', secure)
  const options = { sameSite: 'lax', path: '/', secure, httpOnly: true } as const
  const { doubleCsrfProtection, generateCsrfToken } = doubleCsrf({
    // The first makes tokens, each is good for reading one.
    getSecret: () => secrets.all.map((secret) => secret.keyFor('csrf')),
    getSessionIdentifier: (req) => (req.cookies as Record<string, string | undefined>)[visitorCookie] ?? '',
    cookieName: cookieName('csrf', secure),
    cookieOptions: options,
    getCsrfTokenFromRequest: sentToken,
  })
  const known: RequestHandler = (req, res, next) => {
    const cookies = req.cookies as Record<string, unknown>
    if (typeof cookies[visitorCookie] !== 'string') {
      cookies[visitorCookie] = randomBytes(16).toString('base64url')
      res.cookie(visitorCookie, cookies[visitorCookie], { ...options, maxAge: DAY_MS })
    }
    next()
  }
  const token: RequestHandler = (req, res, next) => {
    res.locals.csrfToken = generateCsrfToken(req, res)
    next()
  }
  return [known, doubleCsrfProtection, token]
}

const sentToken = (req: Request): string | undefined => {
  const sent: unknown = (req.body as Record<string, unknown> | undefined)?._csrf ?? req.headers['x-csrf-token']
  return typeof sent === 'string' ? sent : undefined
}
