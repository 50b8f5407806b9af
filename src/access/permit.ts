import type { Request, RequestHandler } from 'express'
import { AppError } from '../kernel/app-error.js'
import type { Comer, Guard } from '../platform/http/operation.js'
import type { Secrets } from '../platform/secrets.js'
import { mayAt } from './actor.js'
import type { Authenticate, Identity } from './authenticate.js'
import { type Action, kioskMay } from './roles.js'
import { assertOwnToken } from './sessions.js'
import { actorOfIdentity, rememberActor, rememberSession, staffActor } from './who-asks.js'

/** The site a request is about; null: there is none, or what is asked for does not exist, and the role alone decides. */
export type SiteOf = (req: Request) => string | null | Promise<string | null>

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
      if (!isReading(req)) assertOwnToken(req.headers['x-csrf-token'], secrets, identity.session)
      rememberSession(req, identity)
    }
    return identity
  }

  /**
   * Goes before a route (`Operation.before`): who asks, whether they may do this, and there. Checked before the input is.
   * @throws unauthenticated; forbidden `csrf-failed`, `password-change-required`, `forbidden`
   */
  const permit = (action: Action, siteOf: SiteOf = () => null): Guard =>
    guard(kioskMay(action) ? ['staff', 'kiosk'] : ['staff'], async (req, _res, next) => {
      const identity = await identify(req)
      if (identity.kind === 'staff' && identity.account.mustChangePassword) throw forbidden('password-change-required')
      const actor = actorOfIdentity(identity)
      if (!actor || !mayAt(actor, action, await siteOf(req))) throw forbidden()
      rememberActor(req, actor)
      next()
    })

  /** Goes before what concerns one's own session; `always`: with a one-time password too. */
  const self = ({ always = false } = {}): Guard =>
    guard(['staff'], async (req, _res, next) => {
      const identity = await identify(req)
      if (identity.kind !== 'staff') throw forbidden()
      if (identity.account.mustChangePassword && !always) throw forbidden('password-change-required')
      rememberActor(req, staffActor(identity))
      next()
    })

  return { permit, self }
}

const guard = (comers: readonly Comer[], handler: RequestHandler): Guard => Object.assign(handler, { comers })

export type Permit = ReturnType<typeof makePermits>['permit']

export const isReading = ({ method }: Request): boolean => method === 'GET' || method === 'HEAD'
