export { AccountEntity, SessionEntity } from './account.entity.js'
export { type Actor, actorName, type KioskActor, mayAt, type StaffActor } from './actor.js'
export type { Authenticate } from './authenticate.js'
export { openDemoAccount } from './demo-account.js'
export { DeviceEntity } from './device.entity.js'
export { addDeviceRoutes } from './device.routes.js'
export { makeAnotherAdmin, makeFirstAdmin, type NewAdmin } from './first-admin.js'
export { overdueAccessJob } from './overdue-access.job.js'
export {
  actorOf,
  forbidden,
  type PagePermit,
  type Permit,
  signedInOf,
  siteOfPath,
  type SiteOf,
  staffOf,
} from './permit.js'
export type { Action, Role } from './roles.js'
export { addSessionRoutes } from './session.routes.js'
export { makeStaff, type Staff } from './staff.js'
export type { StaffDeps } from './staff-deps.js'
export { isUsername } from './staff-rules.js'
export { addStaffRoutes } from './staff.routes.js'
export { admitStaff } from './staff.sockets.js'
export { addTotpRoutes } from './totp.routes.js'
