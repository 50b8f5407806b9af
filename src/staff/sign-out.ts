import type { Tx } from '../platform/db/tx.js'
import { auditAccount } from './audit-account.js'
import type { SignedIn } from '../access/index.js'
import type { StaffDeps } from './staff-deps.js'

/**
 * Ends the session on the server, or all sessions of the account; counters that they held are closed, and who is there is
 * put aside (Q8). Again: nothing more happens.
 */
export const makeSignOut =
  ({ clock, events, endings }: StaffDeps) =>
  async (tx: Tx, { session, account, everywhere }: SignedIn & { everywhere: boolean }): Promise<void> => {
    const who = account.username
    await (everywhere ? endings.endAll(tx, who, who) : endings.endOne(tx, session.id, who))
    const what = everywhere ? 'sign-out-everywhere' : 'sign-out'
    await auditAccount(tx, { at: clock(), who, what, was: account, is: account })
    tx.afterCommit(() => events.publish('staff.changed', { username: who }))
  }
