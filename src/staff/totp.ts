import { randomBytes } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import type { Secrets } from '../platform/secrets.js'

/** One step earlier or later: clocks differ, people type slowly. */
const WINDOW = 1
const PERIOD_S = 30
const SECRET_BYTES = 20

export interface TotpKey {
  username: string
  /**
   * The secret, sealed: it lasts for years, and so outlives `APP_SECRET` (docs/decisions/025). Without a dot: the id that
   * it was derived from in earlier versions.
   */
  totpId: string
}

const purposeOf = (username: string): string => `totp:${username}`
const sealed = (secrets: Secrets, username: string, bytes: Buffer): string =>
  secrets.seal(bytes.toString('base64url'), purposeOf(username))

export const newTotpId = (secrets: Secrets, username: string): string =>
  sealed(secrets, username, randomBytes(SECRET_BYTES))

/** What the secret may be: with an id it may have been derived from either of ours. */
function secretBytes(secrets: Secrets, { username, totpId }: TotpKey): Buffer[] {
  if (!totpId.includes('.'))
    return secrets.all.map((from) => Buffer.from(from.tokenFor('totp', totpId), 'base64url').subarray(0, SECRET_BYTES))
  const opened = secrets.unseal(totpId, purposeOf(username))
  return opened === null ? [] : [Buffer.from(opened, 'base64url')]
}

/** RFC 6238 as every authenticator program knows it: SHA-1, 6 digits, 30 s. */
const totpWith = (username: string, bytes: Buffer): TOTP => {
  const secret = new Secret({ buffer: Uint8Array.from(bytes).buffer })
  return new TOTP({ issuer: 'Turno', label: username, secret, algorithm: 'SHA1', digits: 6, period: PERIOD_S })
}

/** False when it is sealed with a secret that is lost. */
export const canOpenTotp = (secrets: Secrets, key: TotpKey): boolean => secretBytes(secrets, key).length > 0

/** @throws when it is sealed with a secret that is lost */
export function totpOf(secrets: Secrets, key: TotpKey): TOTP {
  const [bytes] = secretBytes(secrets, key)
  if (!bytes) throw new Error('a TOTP secret is sealed with neither APP_SECRET nor APP_SECRET_OLD')
  return totpWith(key.username, bytes)
}

/** A code that is right. */
export interface TotpMatch {
  /** The step it belongs to. */
  step: number
  /** As the secret is to rest from now on: sealed, and with today's secret. */
  totpId: string
}

/** @returns null when the code is wrong at `now`, and when the secret cannot be opened */
export function matchTotp(
  secrets: Secrets,
  key: TotpKey,
  { code, now }: { code: string; now: Date },
): TotpMatch | null {
  for (const bytes of secretBytes(secrets, key)) {
    const totp = totpWith(key.username, bytes)
    const delta = totp.validate({ token: code, timestamp: now.getTime(), window: WINDOW })
    if (delta === null) continue
    const isToday = key.totpId.startsWith(`${secrets.keyId}.`)
    const totpId = isToday ? key.totpId : sealed(secrets, key.username, bytes)
    return { step: Math.floor(now.getTime() / 1000 / PERIOD_S) + delta, totpId }
  }
  return null
}

/** @returns it sealed with today's secret; null where that cannot be done: it is an id, or its secret is lost */
export function sealTotpAnew(secrets: Secrets, key: TotpKey): string | null {
  const [bytes] = key.totpId.includes('.') ? secretBytes(secrets, key) : []
  return bytes ? sealed(secrets, key.username, bytes) : null
}
