import type { Derived } from '../platform/derived.js'
import { isSame } from '../platform/secrets.js'
import type { StaffDeps } from './staff-deps.js'

/** As long as somebody may look for a phone. */
const LIFE_MS = 10 * 60_000

/**
 * A mark in a form says that something was proven a moment ago – of `subject`, for one `kind` of next step – so that
 * nobody has to type a password twice, and no page carries one. Signed, never stored.
 */
export function makeMarks({ secrets, clock }: Pick<StaffDeps, 'secrets' | 'clock'>) {
  const signed = (by: Derived, { kind, subject, endsMs }: { kind: string; subject: string; endsMs: number }): string =>
    `${endsMs}.${by.keyedHash(`mark:${kind}`, `${endsMs} ${subject}`)}`
  return {
    make: (kind: string, subject: string): string =>
      signed(secrets, { kind, subject, endsMs: clock().getTime() + LIFE_MS }),
    isGood: (kind: string, subject: string, mark: string): boolean => {
      const endsMs = Number(mark.split('.')[0])
      if (!Number.isSafeInteger(endsMs) || endsMs <= clock().getTime()) return false
      return secrets.all.some((secret) => isSame(mark, signed(secret, { kind, subject, endsMs })))
    },
  }
}
