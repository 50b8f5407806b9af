import { conflict } from '../kernel/app-error.js'
import type { Tx } from '../platform/db/tx.js'
import { type Account, AccountStore, type SignedIn, startSession } from '../access/index.js'
import { auditAccount } from './audit-account.js'
import type { StaffDeps } from './staff-deps.js'

/**
 * Changes how somebody signs in: all their sessions end, and the one who did it goes on with a new one (T24), at the same
 * counter (Q8).
 * @throws conflict `state` when the account has changed since it was read
 */
export async function renewAccess(
  tx: Tx,
  { clock, secrets, events, endings }: StaffDeps,
  { account, session: old, to, what }: SignedIn & { to: Partial<Account>; what: string },
): Promise<SignedIn> {
  const now = clock()
  const { username } = account
  await tx.own(ACCOUNTS)
  const store = new AccountStore(tx.em)
  const found = await store.find(username)
  if (!found?.isActive || found.passwordHash !== account.passwordHash || found.totpId !== account.totpId)
    throw conflict('state')
  const is = { ...found, ...to }
  await store.change(username, to)
  await auditAccount(tx, { at: now, who: username, what, was: found, is })
  tx.afterCommit(() => events.publish('staff.changed', { username }))
  const session = await startSession(tx, secrets, { username, now })
  await endings.renew(tx, { from: old.id, to: session.id, username })
  return { session, account: is }
}

/** The line that changes of accounts stand in: they are rare, and the last admin is counted. */
export const ACCOUNTS = 'staff-accounts'
