import { randomUUID } from 'node:crypto'
import type { DerivedSecret } from '../platform/http/kept-secrets.js'
import type { Secrets } from '../platform/secrets.js'
import type { Account } from './account.js'
import { hashPassword } from './password-hash.js'
import { assertGoodPassword, isLong } from './staff-rules.js'

/** 90 bits that can be copied by hand. */
const LENGTH = 20

/** A password on its way into an account. */
export interface NewPassword {
  to: Pick<Account, 'passwordHash' | 'passwordIsLong' | 'mustChangePassword'>
  /** Null when somebody chose it. */
  oneTime: { password: string; secret: DerivedSecret } | null
}

/** @throws not-allowed `invalid` when it is too weak for the account (A2) */
export async function chosenPassword(
  password: string,
  account: Pick<Account, 'username' | 'totpId'>,
): Promise<NewPassword> {
  assertGoodPassword(password, account)
  const passwordHash = await hashPassword(password)
  return { to: { passwordHash, passwordIsLong: isLong(password), mustChangePassword: false }, oneTime: null }
}

/** One that is told once and must be changed at the first sign-in. */
export async function oneTimePassword(secrets: Secrets): Promise<NewPassword> {
  const secret = { kind: 'password', id: randomUUID(), length: LENGTH }
  const password = secrets.codeFor(secret.kind, secret.id, secret.length)
  const passwordHash = await hashPassword(password)
  return { to: { passwordHash, passwordIsLong: true, mustChangePassword: true }, oneTime: { password, secret } }
}
