import { type Action, kioskMay, type Role, roleMay } from './roles.js'

/** A signed-in member of staff, as the account is at this request. */
export interface StaffActor {
  kind: 'staff'
  username: string
  role: Role
  /** Where the role holds; of no meaning for an admin, whose role holds everywhere: ask `mayAt`. */
  siteIds: readonly string[]
}

/** A paired kiosk: it may act at its own site alone. */
export interface KioskActor {
  kind: 'kiosk'
  deviceId: string
  siteId: string
}

/** Who acts: what `permit` has proven. */
export type Actor = StaffActor | KioskActor

/** `who` of audit records. */
export const actorName = (actor: Actor): string => (actor.kind === 'staff' ? actor.username : `kiosk:${actor.deviceId}`)

/** Whether the actor may do this, there. A null site asks for the role alone. */
export function mayAt(actor: Actor, action: Action, siteId: string | null): boolean {
  if (actor.kind === 'kiosk') return kioskMay(action) && siteId === actor.siteId
  if (!roleMay(actor.role, action)) return false
  return siteId === null || actor.role === 'admin' || actor.siteIds.includes(siteId)
}
