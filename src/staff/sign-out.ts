import type { Tx } from '../platform/db/tx.js'
import { auditAccount } from './audit-account.js'
import { SessionStore } from './session.store.js'
import type { SignedIn } from './sessions.js'
import type { StaffDeps } from './staff-deps.js'

/** Ends the session on the server, or all sessions of the account. Again: nothing more happens. */
export const makeSignOut =
  ({ clock, events }: StaffDeps) =>
  async (tx: Tx, { session, account, everywhere }: SignedIn & { everywhere: boolean }): Promise<void> => {
    const sessions = new SessionStore(tx.em)
    await (everywhere ? sessions.endAll(account.username) : sessions.end(session.id))
    const what = everywhere ? 'sign-out-everywhere' : 'sign-out'
    await auditAccount(tx, { at: clock(), who: account.username, what, was: account, is: account })
    tx.afterCommit(() => events.publish('staff.changed', { username: account.username }))
  }
