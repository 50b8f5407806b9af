import { insertRow } from '../platform/db/statements.js'
import type { Tx } from '../platform/db/tx.js'
import { AuditRecordEntity } from './audit-record.entity.js'
import { maskBookingCodes } from './mask-booking-codes.js'
import { maskCodes } from './mask-codes.js'

export interface Change {
  at: Date
  who: string
  what: string
  subjectKind:
    | 'account'
    | 'booking'
    | 'calendar'
    | 'closure'
    | 'counter'
    | 'device'
    | 'mail'
    | 'opening'
    | 'site'
    | 'ticket'
  subjectId: string
  from?: string | null
  to?: string | null
  reason?: string | null
}

/** As long as the columns. */
const MOST = 1000
const MOST_REASON = 500

const readable = (text: string | null | undefined, most: number): string | null =>
  text === null || text === undefined ? null : maskCodes(text).slice(0, most)

/** A3: a reason as it may rest, beside the record too; `most`: as long as its column. Mask it where it enters. */
export const maskedReason = async (tx: Tx, reason: string, most = MOST_REASON): Promise<string> =>
  maskCodes(await maskBookingCodes(tx, reason)).slice(0, most)

/** Writes the audit record of a change into its transaction (A3, I4). What is too long is cut. */
export async function recordChange(tx: Tx, { from, to, reason: given, ...change }: Change): Promise<void> {
  const reason = given ? await maskedReason(tx, given) : given
  const words = { from: readable(from, MOST), to: readable(to, MOST), reason: reason ?? null }
  await insertRow(tx.em, AuditRecordEntity, { ...change, ...words })
}

/** What changed, as `from` and `to` of an audit record: the fields of `to` that are no longer as they were. */
export function changedFields<T extends object>(was: T, to: Partial<T>): { from: string; to: string } {
  const fields = (Object.keys(to) as (keyof T)[]).filter(
    (field) => JSON.stringify(was[field]) !== JSON.stringify(to[field]),
  )
  const pick = (of: Partial<T>) => JSON.stringify(Object.fromEntries(fields.map((field) => [field, of[field]])))
  return { from: pick(was), to: pick(to) }
}
