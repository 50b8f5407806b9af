import { AppError } from '../kernel/app-error.js'
import type { Tx } from '../platform/db/tx.js'
import { fingerprint } from '../platform/secrets.js'
import type { Account } from './account.js'
import { AccountStore } from './account.store.js'
import { auditAccount } from './audit-account.js'
import { isPassword } from './password-hash.js'
import { SessionStore } from './session.store.js'
import { type SignedIn, startSession } from './sessions.js'
import type { StaffDeps } from './staff-deps.js'
import { totpStep } from './totp.js'

export interface SignInCommand {
  username: string
  password: string
  totp: string | null
  /** `addressKey` of the request. */
  address: string
  /** The cookie that came along: its session ends. */
  oldToken: string | null
}

/** The same for an unknown name, a closed account, a wrong password and a wrong code. */
const refused = () => new AppError('unauthenticated', 'sign-in-failed')

/**
 * Checks who it is – slowly, outside any transaction – and gives the work that starts the session.
 * @throws too-many `too-many-requests`; unauthenticated `sign-in-failed`, `totp-required` (the password was right)
 */
export const makeSignIn = (deps: StaffDeps) => {
  const { dataSource, clock, secrets } = deps
  return async (command: SignInCommand): Promise<(tx: Tx) => Promise<SignedIn>> => {
    const username = command.username.toLowerCase()
    const limits = limitsOf(deps, username, command.address)
    await limits.spend()
    const account = await new AccountStore(dataSource.manager).find(username)
    if (!(await isPassword(account?.isActive ? account.passwordHash : null, command.password)) || !account)
      throw refused()
    const step = account.totpId === null ? null : codeStep(deps, { ...account, totpId: account.totpId }, command.totp)
    if (step === 'wrong') throw refused()
    await limits.giveBack()
    if (step === 'missing') throw new AppError('unauthenticated', 'totp-required')
    return async (tx) => {
      const now = clock()
      await assertUnchanged(tx, account, step)
      const sessions = new SessionStore(tx.em)
      const old = command.oldToken && (await sessions.find(fingerprint(command.oldToken)))
      if (old) await sessions.end(old.session.id)
      const session = await startSession(tx, secrets, { username, now })
      await auditAccount(tx, { at: now, who: username, what: 'sign-in', was: account, is: account })
      return { session, account }
    }
  }
}

function codeStep(
  { secrets, clock }: StaffDeps,
  key: { username: string; totpId: string },
  code: string | null,
): number | 'missing' | 'wrong' {
  if (code === null) return 'missing'
  return totpStep(secrets, key, { code, now: clock() }) ?? 'wrong'
}

/** Between the check and the transaction a manager may have closed the account, or the code may have been used. */
async function assertUnchanged(tx: Tx, checked: Account, step: number | null): Promise<void> {
  const store = new AccountStore(tx.em)
  const is = await store.find(checked.username)
  if (!is?.isActive || is.passwordHash !== checked.passwordHash || is.totpId !== checked.totpId) throw refused()
  if (step !== null && !(await store.useTotpStep(checked.username, step))) throw refused()
}

/** A2: few tries for one name from one address, more from everywhere, so that nobody is locked out from afar. */
function limitsOf({ limits }: StaffDeps, username: string, address: string) {
  const name = fingerprint(username)
  const keys = [
    ['signInFrom', address],
    ['signInAs', `${name} ${address}`],
    ['signInAnywhere', name],
  ] as const
  return {
    spend: async () => {
      for (const [limit, key] of keys) await limits.spend(limit, key)
    },
    giveBack: async () => {
      for (const [limit, key] of keys) await limits.giveBack(limit, key)
    },
  }
}
