import type { Request } from 'express'
import { setAsker } from '../platform/http/asker.js'
import { type Actor, actorName, type StaffActor } from './actor.js'
import type { Identity } from './authenticate.js'
import type { SignedIn } from './sessions.js'

const actors = new WeakMap<Request, Actor>()
const sessions = new WeakMap<Request, SignedIn>()

/** What a permit has proven, for the routes behind it. */
export function rememberActor(req: Request, actor: Actor): void {
  actors.set(req, actor)
  setAsker(req, actorName(actor))
}

export const rememberSession = (req: Request, signedIn: SignedIn): void => {
  sessions.set(req, signedIn)
}

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

/** The session behind `permit`, `self` or a page's permit. @throws Error */
export function signedInOf(req: Request): SignedIn {
  const signedIn = sessions.get(req)
  if (!signedIn) throw new Error('signedInOf needs a session before it')
  return signedIn
}

export const staffActor = ({ account: { username, role, siteIds } }: SignedIn): StaffActor => ({
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
