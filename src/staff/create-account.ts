import { conflict } from '../kernel/app-error.js'
import { isDuplicate } from '../platform/db/db-errors.js'
import type { Tx } from '../platform/db/tx.js'
import { type Account, AccountStore } from '../access/index.js'
import { auditAccount } from './audit-account.js'
import type { NewPassword } from './new-password.js'
import { NO_TOTP } from './set-up-totp.js'
import type { StaffDeps } from './staff-deps.js'
import { assertGoodPost, type Post } from './staff-rules.js'

export interface CreateAccountCommand extends Post {
  username: string
  password: NewPassword
  who: string
}

/**
 * Opens an account. Whether `who` may is for the caller (`mayManage`).
 * @throws conflict `username-taken`; not-allowed `invalid` with `sites`
 */
export const makeCreateAccount =
  ({ clock, siteIds: knownSites }: Pick<StaffDeps, 'clock' | 'siteIds'>) =>
  async (tx: Tx, { username, role, siteIds, password, who }: CreateAccountCommand): Promise<Account> => {
    const now = clock()
    assertGoodPost({ role, siteIds }, await knownSites())
    const account = { username, role, siteIds, ...password.to, ...NO_TOTP, isActive: true, createdAt: now }
    try {
      await new AccountStore(tx.em).add(account)
    } catch (error) {
      throw isDuplicate(error) ? conflict('username-taken') : error
    }
    await auditAccount(tx, { at: now, who, what: 'create-account', was: null, is: account })
    return account
  }
