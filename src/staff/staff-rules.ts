import { AppError, type FieldFault, notAllowed, notFound } from '../kernel/app-error.js'
import type { Account, StaffActor } from '../access/index.js'
import { guessable, type OwnWords } from './guessable.js'

/** Lower-case; what audit records show, so no spaces and nothing that looks like something else. */
export const USERNAME = /^[a-z0-9][a-z0-9._@-]{0,59}$/

export const isUsername = (text: string): boolean => USERNAME.test(text)

/** A2: enough by itself, and enough beside TOTP. Counted in characters, not bytes. */
const LONG = 15
const SHORT = 8

export const isLong = (password: string): boolean => [...password].length >= LONG

/** A2: the fewest characters of a password. */
export const leastCharacters = ({ totpId }: Pick<Account, 'totpId'>): number => (totpId === null ? LONG : SHORT)

/** @throws not-allowed `invalid`: too short for this account, its own name, or guessed too easily (A2) */
export function assertGoodPassword(
  password: string,
  { username, totpId }: Pick<Account, 'username' | 'totpId'>,
  houseWords: OwnWords,
): void {
  const least = leastCharacters({ totpId })
  if ([...password].length < least) throw faulty('too-short', { limit: least })
  if (password.toLowerCase() === username) throw faulty('password-is-name')
  const guess = guessable(password, [username, ...houseWords])
  if (guess !== null) throw faulty(guess)
}

const faulty = (code: string, params?: FieldFault['params']) =>
  notAllowed('invalid', { errors: [{ field: 'password', code, ...(params && { params }) }] })

export type Post = Pick<Account, 'role' | 'siteIds'>

/** An admin manages everybody, a manager the operators whose sites are all the manager's own. */
export const mayManage = (actor: StaffActor, post: Post): boolean =>
  actor.role === 'admin' ||
  (actor.role === 'manager' && post.role === 'operator' && post.siteIds.every((id) => actor.siteIds.includes(id)))

/**
 * Only an admin is told whether there is such an account: to all others it is the same as somebody else's.
 * @throws forbidden; not-found `unknown-account`
 */
export function assertManages(actor: StaffActor, account: Account | null): asserts account is Account {
  if (!account && actor.role === 'admin') throw notFound('unknown-account')
  if (!account || !mayManage(actor, account)) throw new AppError('forbidden', 'forbidden')
}

/** What a manager gets to see: operators of one of the own sites, even if they work elsewhere too. */
export const maySee = (actor: StaffActor, { role, siteIds }: Post): boolean =>
  actor.role === 'admin' || (role === 'operator' && siteIds.some((id) => actor.siteIds.includes(id)))

/** An admin's sites are all; everybody else needs one. @throws not-allowed `invalid` */
export function assertGoodPost({ role, siteIds }: Post, known: readonly string[]): void {
  if (role !== 'admin' && siteIds.length === 0) {
    throw notAllowed('invalid', { errors: [{ field: 'sites', code: 'required' }] })
  }
  const errors = siteIds.flatMap((id, index) =>
    known.includes(id) ? [] : [{ field: `sites[${index}]`, code: 'unknown-site' }],
  )
  if (errors.length > 0) throw notAllowed('invalid', { errors })
}
