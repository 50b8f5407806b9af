import type { Request, Response, Router } from 'express'
import { AppError, type FieldFault } from '../kernel/app-error.js'
import { page } from '../platform/pages/page.js'
import { againForm, firstCodeForm } from './account.forms.js'
import { staffFaults, speechFor, type TotpPage, totpPage } from './account.pages.js'
import type { ShowAccount } from './account-page.routes.js'
import { makeMarks } from './marks.js'
import { faultsOf, fieldsOf, readForm, valuesOf } from '../platform/pages/form.js'
import { showRecoveryCodes } from './recovery-page.routes.js'
import { csrfTokenOf, sessionCookie, type SignedIn, signedInOf } from '../access/index.js'
import type { Staff } from './actions.js'
import { qrPicture } from '../platform/pages/qr.js'

const showTotp = page<TotpPage>('staff/totp')

/** Whoever has this mark has just typed the password: the secret may be shown again. */
const OFFERED = 'totp-offer'

/** Setting TOTP up (A2): the password, then the secret as a picture and as text, then a first code; then the codes for a lost phone. */
export function addTotpPages(router: Router, staff: Staff, showAccount: ShowAccount): void {
  const { ownPage, limits, assertOwnPassword, offerTotp, unitOfWork } = staff
  const marks = makeMarks(staff)

  const show = async (req: Request, res: Response, faults: FieldFault[] = []): Promise<void> => {
    const signedIn = signedInOf(req)
    const speech = speechFor(res, '/account')
    const { secret, uri } = await unitOfWork.run((tx) => offerTotp(tx, signedIn))
    const offer = { secret, qr: await qrPicture(uri), mark: marks.make(OFFERED, signedIn.session.id) }
    const errors = staffFaults(faults, speech)
    showTotp(res, totpPage(signedIn.account, offer, { errors }), errors.length > 0 ? 422 : 200)
  }

  // A page that was made by a form: asked for again, it begins anew.
  for (const path of ['/account/totp', '/account/totp/conferma'])
    router.get(path, (_req, res) => res.redirect(303, '/account'))

  router.post('/account/totp', limits.perAsker('write'), ownPage(), async (req, res) => {
    if (signedInOf(req).account.totpId !== null) return res.redirect(303, '/account')
    const form = readForm(againForm, fieldsOf(req))
    if (!form.ok) return showAccount(req, res, { faults: form.faults })
    try {
      await assertOwnPassword(signedInOf(req), form.value.password)
    } catch (error) {
      return showAccount(req, res, { faults: faultsOf(error) })
    }
    return show(req, res)
  })

  router.post('/account/totp/conferma', limits.perAsker('write'), ownPage(), async (req, res) => {
    const signedIn = signedInOf(req)
    if (signedIn.account.totpId !== null || !marks.isGood(OFFERED, signedIn.session.id, valuesOf(req).mark ?? ''))
      return res.redirect(303, '/account')
    const form = readForm(firstCodeForm, fieldsOf(req))
    if (!form.ok) return show(req, res, form.faults)
    const { faults, turnedOn } = await confirm(staff, res, { ...signedIn, code: form.value.totp })
    return turnedOn ? showRecoveryCodes(res, { ...turnedOn, done: 'totp-on' }) : show(req, res, faults)
  })
}

/** @returns what is wrong with the code, or what came of it: TOTP is on, the browser has its new session */
async function confirm(
  { confirmTotp, unitOfWork, secrets, secure }: Staff,
  res: Response,
  confirmed: SignedIn & { code: string },
): Promise<{ faults?: FieldFault[]; turnedOn?: SignedIn & { codes: string[] } }> {
  try {
    const turnedOn = await unitOfWork.run((tx) => confirmTotp(tx, confirmed))
    res.append('Set-Cookie', sessionCookie(secrets, secure, turnedOn.session))
    res.locals.csrfToken = csrfTokenOf(secrets, turnedOn.session)
    return { turnedOn }
  } catch (error) {
    if (error instanceof AppError && error.code === 'totp-not-offered')
      return { faults: [{ field: 'totp', code: 'totp-wrong' }] }
    return { faults: faultsOf(error) }
  }
}
