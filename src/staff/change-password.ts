import { notAllowed } from '../kernel/app-error.js'
import type { Tx } from '../platform/db/tx.js'
import { chosenPassword } from './new-password.js'
import { isPassword } from './password-hash.js'
import { renewAccess } from './renew-access.js'
import type { SignedIn } from '../access/index.js'
import type { StaffDeps } from './staff-deps.js'

/** So soon after signing in it is still the same person at the desk. */
const FRESH_MS = 5 * 60_000

interface Command extends SignedIn {
  password: string
  /** The present one; may be left out with a one-time password or just after signing in. */
  current: string | null
}

const faulty = (field: string, code: string) => notAllowed('invalid', { errors: [{ field, code }] })

/**
 * Chooses a password (A2): checked and hashed outside the transaction; the work gives a new session and ends all others.
 * @throws not-allowed `invalid` with `password` or `current`; too-many `too-many-requests`
 */
export const makeChangePassword =
  (deps: StaffDeps) =>
  async ({ session, account, password, current }: Command): Promise<(tx: Tx) => Promise<SignedIn>> => {
    const isFresh = account.mustChangePassword || deps.clock().getTime() - session.signedInAt.getTime() <= FRESH_MS
    if (current === null && !isFresh) throw faulty('current', 'required')
    if (current !== null) await assertPassword(deps, { account, password: current, field: 'current' })
    const chosen = await chosenPassword(password, account, await deps.houseWords())
    if (await isPassword(account.passwordHash, password)) throw faulty('password', 'password-same')
    return (tx) => renewAccess(tx, deps, { account, session, to: chosen.to, what: 'change-password' })
  }

/** @throws not-allowed `invalid` with the field; too-many `too-many-requests` after too many guesses */
export async function assertPassword(
  { limits }: StaffDeps,
  { account, password, field }: { account: SignedIn['account']; password: string; field: string },
): Promise<void> {
  const key = `again ${account.username}`
  await limits.spend('signInAs', key)
  if (!(await isPassword(account.passwordHash, password))) throw faulty(field, 'password-wrong')
  await limits.giveBack('signInAs', key)
}
