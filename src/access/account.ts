import type { Role } from './roles.js'

/** Who signs in. Never deleted, so that audit records keep their meaning: closed instead. */
export interface Account {
  /** Lower-case; also what audit records call this person. */
  username: string
  role: Role
  /** Empty for an admin. */
  siteIds: string[]
  /** argon2id in PHC form. */
  passwordHash: string
  /** At least 15 characters, so that it is enough without TOTP (A2). */
  passwordIsLong: boolean
  /** Made by somebody else: nothing may be done with it but choosing another. */
  mustChangePassword: boolean
  /** When a one-time password that somebody gave is good for nothing any more; null for every other. */
  passwordEndsAt: Date | null
  /** The TOTP secret, sealed (`TotpKey`); null: TOTP is off. */
  totpId: string | null
  /** The same while it is being set up and has not been confirmed by a first code. */
  newTotpId: string | null
  /** The 30-second step of the last code that was used: no code is used twice. */
  totpStep: number | null
  /** False: may not sign in. */
  isActive: boolean
  createdAt: Date
}

/** A sign-in that lasts, on the server (A2). */
export interface Session {
  id: string
  /** SHA-256 of the cookie's value. */
  tokenHash: string
  username: string
  signedInAt: Date
  /** Written at most every five seconds (authenticate.ts). */
  seenAt: Date
}

/** A2 */
export const IDLE_MS = 30 * 60_000
export const ABSOLUTE_MS = 12 * 3_600_000

export const isAlive = ({ signedInAt, seenAt }: Session, now: Date): boolean =>
  now.getTime() < seenAt.getTime() + IDLE_MS && now.getTime() < signedInAt.getTime() + ABSOLUTE_MS

/** An account as its owner and its manager see it. */
export interface User {
  username: string
  role: Role
  sites: string[]
  active: boolean
  totp: boolean
  passwordChangeRequired: boolean
}

export const userOf = (account: Account): User => ({
  username: account.username,
  role: account.role,
  sites: account.siteIds,
  active: account.isActive,
  totp: account.totpId !== null,
  passwordChangeRequired: account.mustChangePassword,
})
