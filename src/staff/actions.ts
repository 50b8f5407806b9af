import { AccountStore, SessionStore, type SignedIn, type Access } from '../access/index.js'
import { makeChangeAccount } from './change-account.js'
import { assertPassword, makeChangePassword } from './change-password.js'
import { makeCreateAccount } from './create-account.js'
import { makeInviteDevice, makePairDevice, makeRevokeDevice } from './invite-device.js'
import { RecoveryCodeStore } from './recovery-code.store.js'
import { makeRenewRecoveryCodes } from './recovery-codes.js'
import { makeConfirmTotp, makeOfferTotp, makeRemoveTotp } from './set-up-totp.js'
import { makeSignIn } from './sign-in.js'
import { makeSignOut } from './sign-out.js'
import { makeTellPrinter } from './tell-printer.js'
import type { StaffDeps } from './staff-deps.js'

/** The room, built once: signing in, and what is done with accounts and devices. */
export const makeStaff = (deps: StaffDeps & { access: Access }) => {
  const { secrets, secure, limits, unitOfWork, dataSource, clock, access } = deps
  return {
    ...access,
    timeZoneOf: deps.timeZoneOf,
    secrets,
    secure,
    limits,
    unitOfWork,
    clock,
    houseWords: deps.houseWords,
    accounts: new AccountStore(dataSource.manager),
    knownDevices: deps.knownDevices,
    signIn: makeSignIn(deps),
    signOut: makeSignOut(deps),
    /** Q8: open counters that signing out would close. */
    heldAtSignOut: async ({ session, account }: SignedIn, everywhere: boolean) => {
      const sessions = new SessionStore(dataSource.manager)
      return access.endings.heldBy(everywhere ? await sessions.idsOf(account.username) : [session.id])
    },
    changePassword: makeChangePassword(deps),
    assertOwnPassword: ({ account }: SignedIn, password: string) =>
      assertPassword(deps, { account, password, field: 'password' }),
    offerTotp: makeOfferTotp(deps),
    confirmTotp: makeConfirmTotp(deps),
    removeTotp: makeRemoveTotp(deps),
    renewRecoveryCodes: makeRenewRecoveryCodes(deps),
    recoveryLeft: (username: string) => new RecoveryCodeStore(dataSource.manager).left(username, secrets),
    createAccount: makeCreateAccount(deps),
    changeAccount: makeChangeAccount(deps),
    inviteDevice: makeInviteDevice(deps),
    pairDevice: makePairDevice(deps),
    revokeDevice: makeRevokeDevice(deps),
    tellPrinter: makeTellPrinter(deps),
  }
}

export type Staff = ReturnType<typeof makeStaff>
