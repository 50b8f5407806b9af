import { randomUUID } from 'node:crypto'
import type { DerivedSecret } from '../platform/http/kept-secrets.js'
import type { Secrets } from '../platform/secrets.js'
import type { Account } from '../access/index.js'
import type { OwnWords } from './guessable.js'
import { hashPassword } from './password-hash.js'
import { assertGoodPassword, isLong } from './staff-rules.js'

/** 90 bits that can be copied by hand. */
const LENGTH = 20

/** A one-time password that somebody gives to another ends: a slip of paper is not to open an account years later. */
const ONE_TIME_MS = 7 * 86_400_000

/** When one that is given now ends. */
export const oneTimeEnd = (now: Date): Date => new Date(now.getTime() + ONE_TIME_MS)

/** A password on its way into an account. */
export interface NewPassword {
  to: Pick<Account, 'passwordHash' | 'passwordIsLong' | 'mustChangePassword' | 'passwordEndsAt'>
  /** Null when somebody chose it. */
  oneTime: { password: string; secret: DerivedSecret } | null
}

/** @throws not-allowed `invalid` when it is too weak for the account (A2); `houseWords`: what is guessed first here */
export async function chosenPassword(
  password: string,
  account: Pick<Account, 'username' | 'totpId'>,
  houseWords: OwnWords,
): Promise<NewPassword> {
  assertGoodPassword(password, account, houseWords)
  return hashed(password)
}

/** For one that has been looked at. */
export async function hashed(password: string): Promise<NewPassword> {
  const passwordHash = await hashPassword(password)
  const to = { passwordHash, passwordIsLong: isLong(password), mustChangePassword: false, passwordEndsAt: null }
  return { to, oneTime: null }
}

/** One that is told once and must be changed at the first sign-in; `passwordEndsAt`: null where nobody could give another. */
export async function oneTimePassword(secrets: Secrets, passwordEndsAt: Date | null): Promise<NewPassword> {
  const secret = { kind: 'password', id: randomUUID(), length: LENGTH }
  const password = secrets.codeFor(secret.kind, secret.id, secret.length)
  const passwordHash = await hashPassword(password)
  const to = { passwordHash, passwordIsLong: true, mustChangePassword: true, passwordEndsAt }
  return { to, oneTime: { password, secret } }
}
