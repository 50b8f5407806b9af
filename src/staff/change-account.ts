import { conflict } from '../kernel/app-error.js'
import type { Tx } from '../platform/db/tx.js'
import { type Account, AccountStore, forbidden, type StaffActor } from '../access/index.js'
import { auditAccount } from './audit-account.js'
import type { NewPassword } from './new-password.js'
import { RecoveryCodeStore } from './recovery-code.store.js'
import { ACCOUNTS } from './renew-access.js'
import { NO_TOTP } from './set-up-totp.js'
import type { StaffDeps } from './staff-deps.js'
import { assertGoodPost, assertManages, mayManage } from './staff-rules.js'

export interface ChangeAccountCommand {
  actor: StaffActor
  username: string
  post: Partial<Pick<Account, 'role' | 'siteIds' | 'isActive'>>
  password: NewPassword | null
  removeTotp: boolean
}

/**
 * Changes what somebody may do, effective with their next request (A1). A new password, TOTP taken away or a closed
 * account ends all their sessions.
 * @throws not-found `unknown-account`; forbidden; conflict `last-admin`; not-allowed `invalid` with `sites`
 */
export const makeChangeAccount =
  ({ clock, events, endings, siteIds: knownSites }: StaffDeps) =>
  async (tx: Tx, command: ChangeAccountCommand): Promise<Account> => {
    const { actor, username, post, password, removeTotp } = command
    await tx.own(ACCOUNTS)
    const store = new AccountStore(tx.em)
    const was = await store.find(username)
    assertManages(actor, was)
    const to = { ...post, ...password?.to, ...(removeTotp && withoutTotp(was)) }
    const is: Account = { ...was, ...to }
    if (!mayManage(actor, is)) throw forbidden()
    assertGoodPost(is, await knownSites())
    const losesAdmin = was.role === 'admin' && was.isActive && !(is.role === 'admin' && is.isActive)
    if (losesAdmin && (await store.admins()) === 1) throw conflict('last-admin')
    if (Object.keys(to).length > 0) await store.change(username, to)
    if (removeTotp) await new RecoveryCodeStore(tx.em).removeAll(username)
    if (password || removeTotp || !is.isActive) await endings.endAll(tx, username, actor.username)
    else if (mayLess(was, is)) await endings.letGo(tx, username, actor.username)
    for (const what of stepsOf(command)) await auditAccount(tx, { at: clock(), who: actor.username, what, was, is })
    tx.afterCommit(() => events.publish('staff.changed', { username }))
    return is
  }

/** Where, or what: another role counts too, whatever it may. */
const mayLess = (was: Account, is: Account): boolean =>
  was.role !== is.role || was.siteIds.some((id) => !is.siteIds.includes(id))

const withoutTotp = (was: Account): Partial<Account> => ({
  ...NO_TOTP,
  ...(!was.passwordIsLong && { mustChangePassword: true }),
})

const stepsOf = ({ post, password, removeTotp }: ChangeAccountCommand): string[] => [
  ...(Object.keys(post).length > 0 ? ['change-account'] : []),
  ...(password ? ['reset-password'] : []),
  ...(removeTotp ? ['turn-totp-off'] : []),
]
