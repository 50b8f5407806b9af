import type { Api } from '../platform/http/api.js'
import type { Answer } from '../platform/http/kept-answers.js'
import { type Account, forbidden, type StaffActor, staffOf, userOf } from '../access/index.js'
import type { NewPassword } from './new-password.js'
import { chosenPassword, oneTimeEnd, oneTimePassword } from './new-password.js'
import type { Staff } from './actions.js'
import { newStaffBody, type StaffChangeBody, staffChangeBody, staffParams } from './staff.forms.js'
import { assertManages, mayManage, maySee } from './staff-rules.js'

/** A one-time password is told here and nowhere else. */
const answerOf = (account: Account, password: NewPassword | null, status: number): Answer => ({
  status,
  body: { user: userOf(account), ...(password?.oneTime && { password: password.oneTime.password }) },
  ...(password?.oneTime && { secrets: [password.oneTime.secret] }),
})

/** Accounts (A1, A2): an admin's, and a manager's for operators of the own sites. */
export function addStaffRoutes(api: Api, staff: Staff): void {
  const { secrets, permit, accounts, createAccount, clock, houseWords } = staff
  const before = permit('staff:manage')
  api.add({
    method: 'get',
    path: '/staff',
    summary: 'The accounts one manages',
    answers: { 200: '{ users: [{ username, role, sites, active, totp, passwordChangeRequired }] }' },
    before,
    read: async ({ req }) => {
      const seen = (await accounts.all()).filter((account) => maySee(staffOf(req), account))
      return { status: 200, body: { users: seen.map(userOf) } }
    },
  })
  api.add({
    method: 'post',
    path: '/staff',
    summary: 'Opens an account; without a password a one-time one is made and told once',
    body: newStaffBody,
    answers: { 201: '{ user, password? }', 403: 'forbidden', 409: 'username-taken', 422: 'invalid' },
    before,
    slow: async ({ body, req }) => {
      const { username, role, sites: siteIds, password: given } = body
      const actor = staffOf(req)
      if (!mayManage(actor, { role, siteIds })) throw forbidden()
      const password =
        given === undefined
          ? await oneTimePassword(secrets, oneTimeEnd(clock()))
          : await chosenPassword(given, { username, totpId: null }, await houseWords())
      const command = { username, role, siteIds, password, who: actor.username }
      return async (tx) => answerOf(await createAccount(tx, command), password, 201)
    },
  })
  addChangeRoute(api, staff)
}

function addChangeRoute(api: Api, { secrets, permit, accounts, changeAccount, clock, houseWords }: Staff): void {
  /** Its strength is measured with the account's own TOTP; whether it may be set at all is decided in the transaction. */
  const passwordOf = async (actor: StaffActor, username: string, change: StaffChangeBody) => {
    const { password, resetPassword, totp } = change
    if (!resetPassword && password === undefined) return null
    // Before anything is hashed, or told of a password: that takes a thread and 19 MiB.
    const account = await accounts.find(username)
    assertManages(actor, account)
    if (resetPassword || password === undefined) return oneTimePassword(secrets, oneTimeEnd(clock()))
    return chosenPassword(password, { username, totpId: totp === false ? null : account.totpId }, await houseWords())
  }
  api.add({
    method: 'patch',
    path: '/staff/:username',
    summary: 'Changes role, sites, password or TOTP of an account, or closes it; effective at once',
    params: staffParams,
    body: staffChangeBody,
    answers: {
      200: '{ user, password? }',
      403: 'forbidden',
      404: 'unknown-account',
      409: 'last-admin',
      422: 'invalid',
    },
    before: permit('staff:manage'),
    slow: async ({ params: { username }, body, req }) => {
      const { role, sites, active } = body
      const post = {
        ...(role !== undefined && { role }),
        ...(sites !== undefined && { siteIds: sites }),
        ...(active !== undefined && { isActive: active }),
      }
      const password = await passwordOf(staffOf(req), username, body)
      const command = { actor: staffOf(req), username, post, password, removeTotp: body.totp === false }
      return async (tx) => answerOf(await changeAccount(tx, command), password, 200)
    },
  })
}
