import { AppError } from '../kernel/app-error.js'
import type { Api } from '../platform/http/api.js'
import { readCookie } from '../platform/http/cookies.js'
import type { Answer } from '../platform/http/kept-answers.js'
import { addressClasses } from '../platform/http/addresses.js'
import {
  csrfTokenOf,
  droppedCookie,
  sessionAnswer,
  setCookie,
  signedInOf,
  staffCookie,
  userOf,
  withDevice,
} from '../access/index.js'
import { CodeRefused, type Started } from './sign-in.js'
import type { Staff } from './actions.js'
import { passwordBody, signInBody } from './staff.forms.js'

/** Signing in and out, and one's own password (A2). */
export function addSessionRoutes(api: Api, staff: Staff): void {
  addSignInRoute(api, staff)
  addSignOutRoutes(api, staff)
  const { secrets, self, secure, changePassword, recoveryLeft } = staff
  api.add({
    method: 'get',
    path: '/session',
    summary: 'Who is signed in, and the token that changes must carry',
    answers: {
      200: '{ csrfToken, user, recoveryCodes? }: with TOTP, how many recovery codes are left',
      401: 'unauthenticated',
    },
    before: self(),
    read: async ({ req }) => {
      const { session, account } = signedInOf(req)
      const left = account.totpId === null ? {} : { recoveryCodes: await recoveryLeft(account.username) }
      return { status: 200, body: { csrfToken: csrfTokenOf(secrets, session), user: userOf(account), ...left } }
    },
  })
  api.add({
    method: 'post',
    path: '/session/password',
    summary: 'Chooses a password; a new session, all others end',
    body: passwordBody,
    answers: { 200: '{ csrfToken, user } and a cookie', 401: 'unauthenticated', 422: 'invalid' },
    before: self({ always: true }),
    slow: async ({ body, req }) => {
      const { password, current = null } = body
      const change = await changePassword({ ...signedInOf(req), password, current })
      return async (tx) => sessionAnswer(secrets, await change(tx))
    },
    finish: setCookie(secure),
  })
}

function addSignInRoute(api: Api, { secrets, secure, signIn, knownDevices }: Staff): void {
  api.add({
    method: 'post',
    path: '/session',
    summary: 'Signs in (A2)',
    // Its own limits know people and browsers: one guest must not shut out the office behind the same address.
    limit: 'staff',
    body: signInBody,
    answers: {
      200: '{ csrfToken, user, recoveryCodes? } and a cookie; after a recovery code how many are left',
      401: 'sign-in-failed, totp-required, password-ended',
      429: 'too-many-requests',
      503: 'sign-in-busy',
    },
    isRetry: (error) => error instanceof CodeRefused,
    slow: async ({ body, req }) => {
      const { username, password, totp, recoveryCode } = body
      const recovery = recoveryCode === undefined ? null : { recovery: recoveryCode }
      const code = totp === undefined ? recovery : { totp }
      const oldToken = readCookie(req.headers, staffCookie(secure))
      const device = (name: string) => knownDevices.deviceOf(req.headers, name)
      const asked = { username, proof: { password }, code, address: addressClasses(req.ip), device, oldToken }
      const signedIn = await signIn(asked)
      if (signedIn.kind === 'code-wanted') throw new AppError('unauthenticated', 'totp-required')
      return async (tx) => {
        const started = await signedIn.start(tx)
        return sessionAnswer(secrets, started, leftOf(started))
      }
    },
    finish: (answer, req) => withDevice(knownDevices, setCookie(secure)(answer), req),
  })
}

const leftOf = ({ recoveryLeft: recoveryCodes }: Started) => (recoveryCodes === undefined ? {} : { recoveryCodes })

function addSignOutRoutes(api: Api, { secure, self, signOut }: Staff): void {
  const gone = (): Answer => ({ status: 204, headers: { 'Set-Cookie': droppedCookie(secure) } })
  for (const [path, everywhere] of [
    ['/session', false],
    ['/session/all', true],
  ] as const) {
    api.add({
      method: 'delete',
      path,
      summary: everywhere ? 'Signs out everywhere' : 'Signs out; the session ends on the server',
      answers: { 204: 'gone', 401: 'unauthenticated' },
      before: self({ always: true }),
      write: async (tx, { req }) => {
        await signOut(tx, { ...signedInOf(req), everywhere })
        return gone()
      },
    })
  }
}
