/** A1: each may do what the one before may, at the sites of the account; an admin at all sites. */
export const ROLES = ['operator', 'manager', 'admin'] as const
export type Role = (typeof ROLES)[number]

interface Permit {
  /** The lowest role that may. */
  from: Role
  /** A paired kiosk may do it at its own site (W6). */
  kiosk?: true
}

/** A1: the one place that says who may do what. Routes and pages ask by these names. */
const PERMITS = {
  'check-in': { from: 'operator', kiosk: true },
  'walk-in': { from: 'operator', kiosk: true },
  /** Urgent, or outside the walk-in window, with a reason (W3, Q1). */
  'walk-in:override': { from: 'operator' },
  'queue:see': { from: 'operator' },
  'queue:work': { from: 'operator' },
  'bookings:see': { from: 'operator' },
  /** K10 */
  'bookings:change': { from: 'operator' },
  'counters:manage': { from: 'manager' },
  'services:manage': { from: 'manager' },
  'calendars:see': { from: 'manager' },
  'calendars:manage': { from: 'manager' },
  'site:manage': { from: 'manager' },
  'devices:manage': { from: 'manager' },
  /** Of operators at the manager's sites; an admin's reach is everybody (`staff-rules.ts`). */
  'staff:manage': { from: 'manager' },
  'statistics:see': { from: 'manager' },
  /** After a restore: what has waited since may leave, or is thrown away. */
  'mail:release': { from: 'admin' },
  'sites:all': { from: 'admin' },
} as const satisfies Record<string, Permit>

export type Action = keyof typeof PERMITS

/** Whether a role is enough, whatever the site. */
export const roleMay = (role: Role, action: Action): boolean =>
  ROLES.indexOf(role) >= ROLES.indexOf(PERMITS[action].from)

export const kioskMay = (action: Action): boolean => 'kiosk' in PERMITS[action]
