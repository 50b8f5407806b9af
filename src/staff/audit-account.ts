import { recordChange } from '../audit/index.js'
import type { Tx } from '../platform/db/tx.js'
import type { Account } from '../access/index.js'

/** `operator legnano,magenta`, for the audit record. */
const postOf = ({ role, siteIds, isActive }: Account): string =>
  [isActive ? '' : 'closed', role, siteIds.join(',')].filter((part) => part !== '').join(' ')

/** A3; never a password, a hash or a TOTP secret. */
export const auditAccount = (
  tx: Tx,
  { was, is, ...step }: { at: Date; who: string; what: string; was: Account | null; is: Account },
): Promise<void> =>
  recordChange(tx, {
    ...step,
    subjectKind: 'account',
    subjectId: is.username,
    from: was && postOf(was),
    to: postOf(is),
  })
