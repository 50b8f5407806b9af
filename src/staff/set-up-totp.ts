import { conflict, notAllowed } from '../kernel/app-error.js'
import type { Tx } from '../platform/db/tx.js'
import { AccountStore, type SignedIn } from '../access/index.js'
import { auditAccount } from './audit-account.js'
import { RecoveryCodeStore } from './recovery-code.store.js'
import { makeCodes, type RecoveryCodes } from './recovery-codes.js'
import { ACCOUNTS, renewAccess } from './renew-access.js'
import type { StaffDeps } from './staff-deps.js'
import { canOpenTotp, matchTotp, newTotpId, totpOf } from './totp.js'

/** What an authenticator program is told: by picture, or typed. */
export interface TotpOffer {
  secret: string
  uri: string
}

/**
 * Offers a TOTP secret; it counts for nothing until a first code confirms it. Again before that: the same secret.
 * @throws conflict `totp-on`
 */
export const makeOfferTotp =
  ({ clock, secrets }: StaffDeps) =>
  async (tx: Tx, { account: { username } }: SignedIn): Promise<TotpOffer> => {
    await tx.own(ACCOUNTS)
    const store = new AccountStore(tx.em)
    const account = await store.find(username)
    if (!account || account.totpId !== null) throw conflict('totp-on')
    const offered = account.newTotpId
    // One whose APP_SECRET is lost is good for nothing: another takes its place.
    const isGood = offered !== null && canOpenTotp(secrets, { username, totpId: offered })
    const totpId = isGood ? offered : newTotpId(secrets, username)
    if (!isGood) {
      await store.change(username, { newTotpId: totpId })
      await auditAccount(tx, { at: clock(), who: username, what: 'offer-totp', was: account, is: account })
    }
    const totp = totpOf(secrets, { username, totpId })
    return { secret: totp.secret.base32, uri: totp.toString() }
  }

/**
 * Turns TOTP on with a first code; all other sessions end. Recovery codes come with it, for a lost phone.
 * @throws conflict `totp-on`, `totp-not-offered`; not-allowed `invalid` for a wrong code
 */
export const makeConfirmTotp =
  (deps: StaffDeps) =>
  async (tx: Tx, { account, session, code }: SignedIn & { code: string }): Promise<SignedIn & RecoveryCodes> => {
    const { username, newTotpId: offered } = account
    if (account.totpId !== null) throw conflict('totp-on')
    if (offered === null) throw conflict('totp-not-offered')
    const match = matchTotp(deps.secrets, { username, totpId: offered }, { code, now: deps.clock() })
    if (match === null) throw notAllowed('invalid', { errors: [{ field: 'totp', code: 'totp-wrong' }] })
    const to = { totpId: match.totpId, newTotpId: null, totpStep: match.step }
    const signedIn = await renewAccess(tx, deps, { account, session, to, what: 'turn-totp-on' })
    return { ...signedIn, ...(await makeCodes(tx, deps, username)) }
  }

/** Turns TOTP off; a password that is too short without it must be changed at once (A2). */
export const makeRemoveTotp =
  (deps: StaffDeps) =>
  async (tx: Tx, { account, session }: SignedIn): Promise<SignedIn> => {
    const to = { ...NO_TOTP, mustChangePassword: !account.passwordIsLong }
    await new RecoveryCodeStore(tx.em).removeAll(account.username)
    return renewAccess(tx, deps, { account, session, to, what: 'turn-totp-off' })
  }

export const NO_TOTP = { totpId: null, newTotpId: null, totpStep: null } as const
