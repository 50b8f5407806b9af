import { AppError } from '../kernel/app-error.js'
import type { Tx } from '../platform/db/tx.js'
import { fingerprint } from '../platform/secrets.js'
import type { Account } from './account.js'
import { AccountStore } from './account.store.js'
import { auditAccount } from './audit-account.js'
import { makeMarks } from './marks.js'
import { isPassword } from './password-hash.js'
import { SessionStore } from './session.store.js'
import { type SignedIn, startSession } from './sessions.js'
import type { StaffDeps } from './staff-deps.js'
import { isUsername } from './staff-rules.js'
import { totpStep } from './totp.js'

export interface SignInCommand {
  username: string
  /** The password, or the mark that says it was right a moment ago (`codeWanted`). */
  proof: { password: string } | { mark: string }
  totp: string | null
  /** `addressKey` of the request. */
  address: string
  /** Of the browser in which this person has signed in before; null elsewhere. */
  device: (username: string) => string | null
  /** The cookie that came along: its session ends. */
  oldToken: string | null
}

/** The password was right; with TOTP a code is wanted too, and `mark` stands for the password until then. */
export interface CodeWanted {
  kind: 'code-wanted'
  mark: string
}

/** Who it is, is certain: `start` begins the session. */
export interface Proven {
  kind: 'proven'
  start: (tx: Tx) => Promise<SignedIn>
}

/** The same for an unknown name, a closed account, a wrong password and a wrong code. */
const refused = () => new AppError('unauthenticated', 'sign-in-failed')

/** The mark is good for this password alone: not after another was chosen. */
const subjectOf = ({ username, passwordHash }: Account): string => `${username} ${passwordHash}`
const SECOND_STEP = 'second-step'

/**
 * Checks who it is – slowly, outside any transaction.
 * @throws too-many `too-many-requests`; unauthenticated `sign-in-failed`, `mark-over` (the password is wanted again)
 */
export const makeSignIn = (deps: StaffDeps) => {
  const { dataSource, secrets, clock, endings } = deps
  const marks = makeMarks(deps)

  const prove = async (found: Account | null, proof: SignInCommand['proof'], stranger: string | null) => {
    const account = found?.isActive ? found : null
    if ('password' in proof) {
      if (!(await isPassword(account?.passwordHash ?? null, proof.password, stranger)) || !account) throw refused()
      return account
    }
    if (!account || !marks.isGood(SECOND_STEP, subjectOf(account), proof.mark))
      throw new AppError('unauthenticated', 'mark-over')
    return account
  }

  return async (command: SignInCommand): Promise<Proven | CodeWanted> => {
    // Keyboards add blanks, and MariaDB would find a name with them (T09): one spelling, one limit.
    const username = command.username.trim().toLowerCase()
    const device = command.device(username)
    const limits = limitsOf(deps, { username, device, address: command.address })
    await limits.spend()
    const account = await prove(
      isUsername(username) ? await new AccountStore(dataSource.manager).find(username) : null,
      command.proof,
      device === null ? command.address : null,
    )
    const step = account.totpId === null ? null : codeStep(deps, { ...account, totpId: account.totpId }, command.totp)
    if (step === 'wrong') throw refused()
    await limits.giveBack()
    if (step === 'missing') return { kind: 'code-wanted', mark: marks.make(SECOND_STEP, subjectOf(account)) }
    const start = async (tx: Tx) => {
      await assertUnchanged(tx, account, step)
      const { oldToken } = command
      const old = oldToken && (await new SessionStore(tx.em).find(fingerprint(oldToken)))
      if (old) await endings.endOne(tx, old.session.id, username)
      const now = clock()
      const session = await startSession(tx, secrets, { username, now })
      await auditAccount(tx, { at: now, who: username, what: 'sign-in', was: account, is: account })
      return { session, account }
    }
    return { kind: 'proven', start }
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

/**
 * A2: slowed down first, then few tries for one name from one address, some from everywhere. A browser in which the person
 * has signed in before is counted by itself: nobody is locked out from afar, nor by a guest behind the same address.
 */
function limitsOf({ limits, signInPace }: StaffDeps, { username, device, address }: Tried) {
  const name = fingerprint(username)
  const from = `${name} ${device ?? address}`
  const own = [['signInAs', from]] as const
  const strangers = [
    ['signInFrom', address],
    ['signInAnywhere', name],
  ] as const
  const keys = device === null ? [...own, ...strangers] : own
  return {
    spend: async () => {
      for (const [limit, key] of keys) await limits.spend(limit, key)
      await signInPace.turn(from)
    },
    giveBack: async () => {
      signInPace.right(from)
      for (const [limit, key] of keys) await limits.giveBack(limit, key)
    },
  }
}

interface Tried {
  username: string
  device: string | null
  address: string
}
