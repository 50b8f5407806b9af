export { AccountEntity, SessionEntity } from './account.entity.js'
export { type Account, userOf } from './account.js'
export { AccountStore } from './account.store.js'
export { type Actor, actorName, mayAt, type StaffActor } from './actor.js'
export { admitStaff } from './admit-staff.sockets.js'
export type { IsAtWork } from './at-work.js'
export { DeviceEntity } from './device.entity.js'
export { type Device, DEVICE_KINDS, type DeviceKind, PAIRING_LENGTH, PAIRING_MS } from './device.js'
export { DeviceStore } from './device.store.js'
export type { PagePermit } from './page-permit.js'
export { forbidden, type Permit, type SiteOf, siteOfPath } from './permit.js'
export { type Role, ROLES } from './roles.js'
export { type Access, makeAccessRoom } from './room.js'
export { type HeldCounter, SessionEndings } from './session-endings.js'
export { SessionStore } from './session.store.js'
export {
  csrfTokenOf,
  droppedCookie,
  sessionAnswer,
  sessionCookie,
  setCookie,
  type SignedIn,
  staffCookie,
  startSession,
  withDevice,
} from './sessions.js'
export { pathBack, pathTo } from './staff-paths.js'
export { actorOf, signedInOf, staffOf } from './who-asks.js'
