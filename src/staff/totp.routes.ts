import type { Api } from '../platform/http/api.js'
import { sessionAnswer, setCookie, signedInOf } from '../access/index.js'
import type { Staff } from './actions.js'
import { againBody, codeBody } from './staff.forms.js'
import { qrPicture } from '../platform/pages/qr.js'

/** Codes for a lost phone, made anew. */
function addRecoveryRoute(api: Api, { self, assertOwnPassword, renewRecoveryCodes }: Staff): void {
  api.add({
    method: 'post',
    path: '/session/recovery-codes',
    summary: 'Makes new recovery codes, told this once; those of before end',
    body: againBody,
    answers: { 200: '{ recoveryCodes: [code] }', 401: 'unauthenticated', 409: 'totp-off', 422: 'invalid' },
    before: self(),
    slow: async ({ body: { password }, req }) => {
      await assertOwnPassword(signedInOf(req), password)
      return async (tx) => {
        const { codes, secrets } = await renewRecoveryCodes(tx, signedInOf(req))
        return { status: 200, body: { recoveryCodes: codes }, secrets }
      }
    },
  })
}

/** One's own TOTP (A2): offered, confirmed with a first code, taken away. */
export function addTotpRoutes(api: Api, staff: Staff): void {
  addRecoveryRoute(api, staff)
  const { secrets, secure, self, assertOwnPassword, offerTotp, confirmTotp, unitOfWork } = staff
  api.add({
    method: 'post',
    path: '/session/totp',
    summary: 'Offers a TOTP secret; until it is confirmed again the same',
    body: againBody,
    answers: { 200: '{ secret, uri, qr }', 401: 'unauthenticated', 409: 'totp-on', 422: 'invalid' },
    before: self(),
    // Not a kept answer: the secret would rest in it. A retry is given the same one anyway.
    read: async ({ body: { password }, req }) => {
      await assertOwnPassword(signedInOf(req), password)
      const offer = await unitOfWork.run((tx) => offerTotp(tx, signedInOf(req)))
      return { status: 200, body: { ...offer, qr: await qrPicture(offer.uri) } }
    },
  })
  api.add({
    method: 'post',
    path: '/session/totp/confirm',
    summary: 'Turns TOTP on; a new session, all others end. The recovery codes are told this once',
    body: codeBody,
    answers: {
      200: '{ csrfToken, user, recoveryCodes: [code] } and a cookie',
      409: 'totp-on, totp-not-offered',
      422: 'invalid',
    },
    before: self(),
    write: async (tx, { body, req }) => {
      const { codes, secrets: derived, ...signedIn } = await confirmTotp(tx, { ...signedInOf(req), code: body.totp })
      const answer = sessionAnswer(secrets, signedIn, { recoveryCodes: codes })
      return { ...answer, secrets: [...(answer.secrets ?? []), ...derived] }
    },
    finish: setCookie(secure),
  })
  addRemoveRoute(api, staff)
}

function addRemoveRoute(api: Api, { secrets, secure, self, assertOwnPassword, removeTotp }: Staff): void {
  api.add({
    method: 'post',
    path: '/session/totp/remove',
    summary: 'Turns TOTP off; a short password must then be changed',
    body: againBody,
    answers: { 200: '{ csrfToken, user } and a cookie', 422: 'invalid' },
    before: self(),
    slow: async ({ body: { password }, req }) => {
      await assertOwnPassword(signedInOf(req), password)
      return async (tx) => sessionAnswer(secrets, await removeTotp(tx, signedInOf(req)))
    },
    finish: setCookie(secure),
  })
}
