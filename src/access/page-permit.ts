import type { Request, RequestHandler, Response } from 'express'
import type { Secrets } from '../platform/secrets.js'
import type { Authenticate } from './authenticate.js'
import { forbidden, isReading } from './permit.js'
import { type Action, roleMay } from './roles.js'
import { assertOwnToken, csrfTokenOf, type SignedIn } from './sessions.js'
import { pathTo } from './staff-paths.js'
import { rememberActor, rememberSession, staffActor } from './who-asks.js'

interface Deps {
  authenticate: Authenticate
  secrets: Secrets
}

/**
 * Permits of pages: who is not signed in is sent to sign in and back, who must choose a password to do so first.
 * `signedInOf(req)` and `actorOf(req)` are known after it, and `res.locals.csrfToken` is the session's own token; a form
 * sends it as `_csrf`. Mount what takes forms before the citizens' CSRF: an ended session leads to signing in, not to 403.
 */
export function makePagePermits({ authenticate, secrets }: Deps) {
  /** @returns null when the answer is given already. @throws forbidden `csrf-failed` */
  const admit = async (req: Request, res: Response, always: boolean): Promise<SignedIn | null> => {
    const identity = await authenticate(req.headers)
    res.set({ 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex' })
    const leaveFor = (path: string): null => {
      res.redirect(303, path)
      return null
    }
    // A form's answer is no page: back to the one it was on.
    const here = isReading(req) ? req.originalUrl : (/^\/[^/?]+/.exec(req.originalUrl)?.[0] ?? null)
    if (identity?.kind !== 'staff') return leaveFor(pathTo('/entra', here))
    const sent: unknown = (req.body as { _csrf?: unknown } | undefined)?._csrf
    if (!isReading(req)) assertOwnToken(sent, secrets, identity.session)
    if (identity.account.mustChangePassword && !always) return leaveFor(pathTo('/password', here))
    res.locals.csrfToken = csrfTokenOf(secrets, identity.session)
    rememberSession(req, identity)
    rememberActor(req, staffActor(identity))
    return identity
  }

  /** @throws forbidden when the role is not enough anywhere; sites are the page's own matter */
  const page =
    (action: Action): RequestHandler =>
    async (req, res, next) => {
      const signedIn = await admit(req, res, false)
      if (!signedIn) return
      if (!roleMay(signedIn.account.role, action)) throw forbidden()
      next()
    }

  /** Goes before a page about oneself, whatever the role; `always`: with a one-time password too. */
  const ownPage =
    ({ always = false } = {}): RequestHandler =>
    async (req, res, next) => {
      if (await admit(req, res, always)) next()
    }

  return { page, ownPage }
}

export type PagePermit = ReturnType<typeof makePagePermits>['page']
