import type { Response, Router } from 'express'
import { page } from '../platform/pages/page.js'
import { type Account, signedInOf } from '../access/index.js'
import { againForm } from './account.forms.js'
import { noticeView, type RecoveryPage, recoveryPage, speechFor, type StaffNotice } from './account.pages.js'
import type { ShowAccount } from './account-page.routes.js'
import { faultsOf, fieldsOf, readForm } from '../platform/pages/form.js'
import type { Staff } from './actions.js'

const showCodes = page<RecoveryPage>('staff/recovery')

/** The only page that ever shows them: to be printed or copied by hand. `done`: what has just been done, too. */
export function showRecoveryCodes(
  res: Response,
  { account, codes, done }: { account: Account; codes: readonly string[]; done: StaffNotice | null },
): void {
  const speech = speechFor(res, '/account')
  // In another language it would be another page: these codes are never shown again.
  res.locals.languages = []
  showCodes(res, recoveryPage(account, codes, done === null ? null : noticeView(speech, 'success', { what: done })))
}

/** New codes for a lost phone, after the password. */
export function addRecoveryPages(router: Router, staff: Staff, showAccount: ShowAccount): void {
  const { ownPage, limits, assertOwnPassword, renewRecoveryCodes, unitOfWork } = staff

  // A page that was made by a form: asked for again, it begins anew.
  router.get('/account/codici', (_req, res) => res.redirect(303, '/account'))

  router.post('/account/codici', limits.perAsker('write'), ownPage(), async (req, res) => {
    const signedIn = signedInOf(req)
    if (signedIn.account.totpId === null) return res.redirect(303, '/account')
    const form = readForm(againForm, fieldsOf(req))
    if (!form.ok) return showAccount(req, res, { faults: form.faults })
    try {
      await assertOwnPassword(signedIn, form.value.password)
    } catch (error) {
      return showAccount(req, res, { faults: faultsOf(error) })
    }
    const { codes } = await unitOfWork.run((tx) => renewRecoveryCodes(tx, signedIn))
    return showRecoveryCodes(res, { account: signedIn.account, codes, done: null })
  })
}
