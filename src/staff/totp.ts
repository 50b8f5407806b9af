import { Secret, TOTP } from 'otpauth'
import type { Secrets } from '../platform/secrets.js'

/** One step earlier or later: clocks differ, people type slowly. */
const WINDOW = 1
const PERIOD_S = 30
const SECRET_BYTES = 20

export interface TotpKey {
  username: string
  /** What the secret is derived from. */
  totpId: string
}

/** RFC 6238 as every authenticator program knows it: SHA-1, 6 digits, 30 s. */
export function totpOf(secrets: Secrets, { username, totpId }: TotpKey): TOTP {
  const bytes = Buffer.from(secrets.tokenFor('totp', totpId), 'base64url').subarray(0, SECRET_BYTES)
  const secret = new Secret({ buffer: Uint8Array.from(bytes).buffer })
  return new TOTP({ issuer: 'Turno', label: username, secret, algorithm: 'SHA1', digits: 6, period: PERIOD_S })
}

/** @returns the step the code belongs to, null when it is wrong at `now` */
export function totpStep(secrets: Secrets, key: TotpKey, { code, now }: { code: string; now: Date }): number | null {
  const delta = totpOf(secrets, key).validate({ token: code, timestamp: now.getTime(), window: WINDOW })
  return delta === null ? null : Math.floor(now.getTime() / 1000 / PERIOD_S) + delta
}
