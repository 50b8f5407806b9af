import { insertRow } from '../platform/db/statements.js'
import type { Tx } from '../platform/db/tx.js'
import { AuditRecordEntity } from './audit-record.entity.js'

export interface Change {
  at: Date
  who: string
  what: string
  subjectKind: 'account' | 'booking' | 'calendar' | 'closure' | 'counter' | 'device' | 'opening' | 'site' | 'ticket'
  subjectId: string
  from?: string | null
  to?: string | null
  reason?: string | null
}

/** Writes the audit record of a change into its transaction (A3, I4). */
export async function recordChange(tx: Tx, change: Change): Promise<void> {
  await insertRow(tx.em, AuditRecordEntity, change)
}
