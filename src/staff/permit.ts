import { timingSafeEqual } from 'node:crypto'
import type { Request, RequestHandler } from 'express'
import { AppError } from '../kernel/app-error.js'
import { setAsker } from '../platform/http/asker.js'
import type { Secrets } from '../platform/secrets.js'
import { type Actor, actorName, mayAt, type StaffActor } from './actor.js'
import type { Authenticate, Identity } from './authenticate.js'
import { type Action, roleMay } from './roles.js'
import { csrfTokenOf, type SignedIn } from './sessions.js'

/** The site a request is about; null: there is none, or what is asked for does not exist, and the role alone decides. */
export type SiteOf = (req: Request) => string | null | Promise<string | null>

const actors = new WeakMap<Request, Actor>()
const sessions = new WeakMap<Request, SignedIn>()

/** Who acts, behind a `permit`. @throws Error on a route without one */
export function actorOf(req: Request): Actor {
  const actor = actors.get(req)
  if (!actor) throw new Error('actorOf needs a permit before it')
  return actor
}

/** The same where no kiosk may come. @throws Error */
export function staffOf(req: Request): StaffActor {
  const actor = actorOf(req)
  if (actor.kind !== 'staff') throw new Error('staffOf needs a permit for staff alone')
  return actor
}

/** The session behind `permit` or `self`. @throws Error */
export function signedInOf(req: Request): SignedIn {
  const signedIn = sessions.get(req)
  if (!signedIn) throw new Error('signedInOf needs a session before it')
  return signedIn
}

/** `:site` of the route's path. */
export const siteOfPath: SiteOf = (req) => (typeof req.params.site === 'string' ? req.params.site : null)

export const forbidden = (code = 'forbidden'): AppError => new AppError('forbidden', code)

export interface PermitDeps {
  authenticate: Authenticate
  secrets: Secrets
}

export function makePermits({ authenticate, secrets }: PermitDeps) {
  /** @throws unauthenticated; forbidden `csrf-failed` */
  const identify = async (req: Request): Promise<Identity> => {
    const identity = await authenticate(req.headers)
    if (!identity) throw new AppError('unauthenticated', 'unauthenticated')
    if (identity.kind === 'staff') {
      assertSameToken(req, csrfTokenOf(secrets, identity.session))
      sessions.set(req, identity)
    }
    return identity
  }

  const remember = (req: Request, actor: Actor) => {
    actors.set(req, actor)
    setAsker(req, actorName(actor))
  }

  /**
   * Goes before a route (`Operation.before`): who asks, whether they may do this, and there. Checked before the input is.
   * @throws unauthenticated; forbidden `csrf-failed`, `password-change-required`, `forbidden`
   */
  const permit =
    (action: Action, siteOf: SiteOf = () => null): RequestHandler =>
    async (req, _res, next) => {
      const identity = await identify(req)
      if (identity.kind === 'staff' && identity.account.mustChangePassword) throw forbidden('password-change-required')
      const actor = actorOfIdentity(identity)
      if (!actor || !mayAt(actor, action, await siteOf(req))) throw forbidden()
      remember(req, actor)
      next()
    }

  /** Goes before what concerns one's own session; `always`: with a one-time password too. */
  const self =
    ({ always = false } = {}): RequestHandler =>
    async (req, _res, next) => {
      const identity = await identify(req)
      if (identity.kind !== 'staff') throw forbidden()
      if (identity.account.mustChangePassword && !always) throw forbidden('password-change-required')
      remember(req, staffActor(identity))
      next()
    }

  /**
   * Goes before a page: who is not signed in is sent to sign in and back, who must choose a password to do so first.
   * `signedInOf(req)` and `actorOf(req)` are known after it.
   * @throws forbidden when the role is not enough anywhere; sites are the page's own matter
   */
  const page =
    (action: Action): RequestHandler =>
    async (req, res, next) => {
      const identity = await authenticate(req.headers)
      res.set('Cache-Control', 'no-store')
      if (identity?.kind !== 'staff') return res.redirect(303, `/entra?verso=${encodeURIComponent(req.path)}`)
      if (identity.account.mustChangePassword)
        return res.redirect(303, `/password?verso=${encodeURIComponent(req.path)}`)
      if (!roleMay(identity.account.role, action)) throw forbidden()
      sessions.set(req, identity)
      remember(req, staffActor(identity))
      next()
    }

  return { permit, self, page }
}

export type Permit = ReturnType<typeof makePermits>['permit']
export type PagePermit = ReturnType<typeof makePermits>['page']

const staffActor = ({ account: { username, role, siteIds } }: SignedIn): StaffActor => ({
  kind: 'staff',
  username,
  role,
  siteIds,
})

/** @returns null for a display: it only reads what everybody may */
export function actorOfIdentity(identity: Identity): Actor | null {
  if (identity.kind === 'staff') return staffActor(identity)
  const { id: deviceId, siteId, kind } = identity.device
  return kind === 'kiosk' ? { kind, deviceId, siteId } : null
}

function assertSameToken(req: Request, token: string): void {
  if (req.method === 'GET' || req.method === 'HEAD') return
  const sent = Buffer.from(String(req.headers['x-csrf-token'] ?? ''))
  const wanted = Buffer.from(token)
  if (sent.length !== wanted.length || !timingSafeEqual(sent, wanted)) throw forbidden('csrf-failed')
}
