import { createHash, timingSafeEqual } from 'node:crypto'
import { type Derived, deriveFrom } from './derived.js'

/** SHA-256 in lower-case hex: how tokens and idempotency keys rest in the database (L1). */
export const fingerprint = (text: string): string => createHash('sha256').update(text).digest('hex')

/** Says nothing of either by the time it takes. */
export const isSame = (one: string, other: string): boolean =>
  one.length === other.length && timingSafeEqual(Buffer.from(fingerprint(one)), Buffer.from(fingerprint(other)))

/**
 * What is written is derived from `APP_SECRET`. What rests in the database or in browsers may have been made with
 * `APP_SECRET_OLD`, and is read with either (docs/decisions/025).
 */
export interface Secrets extends Derived {
  /** Today's first: for whatever is looked up or compared. */
  readonly all: readonly Derived[]
  /** The token of a row, made again with the secret that it rests under; for a new row with today's. */
  tokenAt(kind: string, row: { id: string; tokenHash: string }): string
}

export function makeSecrets(appSecret: string, old: string | null = null): Secrets {
  const today = deriveFrom(appSecret)
  const all = old === null || old === appSecret ? [today] : [today, deriveFrom(old)]
  return {
    ...today,
    all,
    unseal: (sealed, purpose) => firstOf(all, (secret) => secret.unseal(sealed, purpose)),
    tokenAt: (kind, { id, tokenHash }) =>
      firstOf(all.slice(1), (secret) => {
        const token = secret.tokenFor(kind, id)
        return fingerprint(token) === tokenHash ? token : null
      }) ?? today.tokenFor(kind, id),
  }
}

function firstOf<T>(all: readonly Derived[], find: (secret: Derived) => T | null): T | null {
  for (const secret of all) {
    const found = find(secret)
    if (found !== null) return found
  }
  return null
}
