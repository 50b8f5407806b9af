import { AppError } from '../kernel/app-error.js'
import type { Tx } from '../platform/db/tx.js'
import type { AddressClasses } from '../platform/http/addresses.js'
import { fingerprint } from '../platform/secrets.js'
import { type Account, AccountStore, SessionStore, type SignedIn, startSession } from '../access/index.js'
import { auditAccount } from './audit-account.js'
import { makeMarks } from './marks.js'
import { isPassword, passwordLine } from './password-hash.js'
import { RecoveryCodeStore } from './recovery-code.store.js'
import { recoveryHashes, useCode } from './recovery-codes.js'
import { signInLimits } from './sign-in-limits.js'
import type { StaffDeps } from './staff-deps.js'
import { isUsername } from './staff-rules.js'
import { matchTotp, type TotpKey, type TotpMatch } from './totp.js'

export type SecondFactor = { totp: string } | { recovery: string }

export interface SignInCommand {
  username: string
  /** The password, or the mark that says it was right a moment ago (`codeWanted`). */
  proof: { password: string } | { mark: string }
  /** With TOTP: a code of the authenticator, or one of the codes for a lost phone. */
  code: SecondFactor | null
  address: AddressClasses
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

/** `recoveryLeft`: how many recovery codes there still are, when one was used. */
export interface Started extends SignedIn {
  recoveryLeft?: number
}

/** Who it is, is certain: `start` begins the session. */
export interface Proven {
  kind: 'proven'
  start: (tx: Tx) => Promise<Started>
}

/** The same for an unknown name, a closed account, a wrong password and a wrong code. */
const refused = () => new AppError('unauthenticated', 'sign-in-failed')

/** The password was right and tries are left: all that is wrong is the code, which may be one of a minute ago (K9). */
export class CodeRefused extends AppError {
  constructor() {
    super('unauthenticated', 'sign-in-failed')
  }
}

/** The mark is good for this password alone: not after another was chosen. */
const subjectOf = ({ username, passwordHash }: Account): string => `${username} ${passwordHash}`
const SECOND_STEP = 'second-step'

/**
 * Checks who it is – slowly, outside any transaction.
 * @throws too-many `too-many-requests`; unauthenticated `sign-in-failed`, `mark-over` (the password is wanted again)
 */
export const makeSignIn = (deps: StaffDeps) => {
  const { dataSource, clock } = deps
  const marks = makeMarks(deps)

  const prove = async (username: string, proof: SignInCommand['proof'], stranger: boolean): Promise<Account> => {
    const found = isUsername(username) ? await new AccountStore(dataSource.manager).find(username) : null
    const account = found?.isActive ? found : null
    if ('password' in proof) {
      const isRight = await isPassword(account?.passwordHash ?? null, proof.password, { stranger })
      if (!isRight || !account) throw refused()
      if (account.passwordEndsAt && account.passwordEndsAt <= clock())
        throw new AppError('unauthenticated', 'password-ended')
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
    const stranger = device === null
    const limits = signInLimits(deps, { username, device, address: command.address.narrow })
    const look = inLine(stranger ? command.address.wide : null, {
      turn: limits.turn,
      look: () => prove(username, command.proof, stranger),
    })
    const codeOf = (key: TotpKey, code: SecondFactor | null) =>
      code === null ? ('missing' as const) : limits.attemptCode(() => codeStep(deps, key, code))
    const account = await limits.attempt(look)
    const step = account.totpId === null ? null : await codeOf({ ...account, totpId: account.totpId }, command.code)
    if (step === 'wrong') throw new CodeRefused()
    await limits.wasRight()
    if (step === 'missing') return { kind: 'code-wanted', mark: marks.make(SECOND_STEP, subjectOf(account)) }
    return { kind: 'proven', start: (tx) => start(tx, deps, { account, step, oldToken: command.oldToken }) }
  }
}

/** Waits for its turn, then looks. @param network of a stranger, who does both in the rooms for such; null for who is known */
const inLine =
  <T>(network: string | null, { turn, look }: { turn: () => Promise<void>; look: () => Promise<T> }) =>
  async (): Promise<T> => {
    if (network === null) {
      await turn()
      return look()
    }
    await passwordLine.slowDown(network, turn)
    return passwordLine.attempt(network, look)
  }

/** What the second factor has proven, to be used up in the transaction. */
type Step = { totp: TotpMatch } | { codeHash: string }

interface Checked {
  account: Account
  step: Step | null
  oldToken: string | null
}

/** Begins the session, if what was checked still holds. */
async function start(tx: Tx, deps: StaffDeps, { account, step, oldToken }: Checked): Promise<Started> {
  const { secrets, clock, endings } = deps
  const recoveryLeft = await useUp(tx, deps, { account, step })
  const { username } = account
  const old = oldToken && (await new SessionStore(tx.em).find(fingerprint(oldToken)))
  if (old) await endings.endOne(tx, old.session.id, username)
  const now = clock()
  const session = await startSession(tx, secrets, { username, now })
  await auditAccount(tx, { at: now, who: username, what: 'sign-in', was: account, is: account })
  return { session, account, ...(recoveryLeft !== null && { recoveryLeft }) }
}

async function codeStep(
  { dataSource, secrets, clock }: StaffDeps,
  key: TotpKey,
  code: SecondFactor,
): Promise<Step | 'wrong'> {
  if ('recovery' in code) {
    const hashes = recoveryHashes(secrets, key.username, code.recovery)
    // A used one passes here: a retry is to get its kept answer (K9), and whoever has none is refused by `useUp`.
    const codeHash = await new RecoveryCodeStore(dataSource.manager).find(key.username, hashes)
    return codeHash === null ? 'wrong' : { codeHash }
  }
  const totp = matchTotp(secrets, key, { code: code.totp, now: clock() })
  return totp === null ? 'wrong' : { totp }
}

/**
 * Between the check and the transaction a manager may have closed the account, or the code may have been used.
 * @returns how many recovery codes are left, when one was used
 */
async function useUp(
  tx: Tx,
  deps: StaffDeps,
  { account: checked, step }: Omit<Checked, 'oldToken'>,
): Promise<number | null> {
  const store = new AccountStore(tx.em)
  const { username } = checked
  const is = await store.find(username)
  if (!is?.isActive || is.passwordHash !== checked.passwordHash || is.totpId !== checked.totpId) throw refused()
  if (step === null) return null
  if ('totp' in step) {
    if (!(await store.useTotp(username, step.totp))) throw refused()
    return null
  }
  const left = await useCode(tx, deps, { username, codeHash: step.codeHash })
  if (left === null) throw refused()
  return left
}
