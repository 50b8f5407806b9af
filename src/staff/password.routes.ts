import type { Request, Response, Router } from 'express'
import type { FieldFault } from '../kernel/app-error.js'
import { page } from '../platform/pages/page.js'
import { passwordForm } from './account.forms.js'
import { staffFaults, type PasswordPage, passwordPage, speechFor } from './account.pages.js'
import { faultsOf, fieldsOf, readForm, valuesOf } from '../platform/pages/form.js'
import { pathBack, pathTo, sessionCookie, signedInOf } from '../access/index.js'
import type { Staff } from './actions.js'

const showPassword = page<PasswordPage>('staff/password')

/** Choosing one's password by page (A2): instead of a one-time one, or by wish with the present one. */
export function addPasswordPages(router: Router, staff: Staff): void {
  const { ownPage, limits } = staff

  router.get('/password', ownPage({ always: true }), (req, res) => {
    speechFor(res, req.originalUrl)
    showPassword(res, passwordPage(signedInOf(req).account, pathBack(req.query.verso)))
  })

  router.post('/password', limits.perAsker('write'), ownPage({ always: true }), async (req, res) => {
    const faults = await choose(staff, req, res)
    const { account } = signedInOf(req)
    const verso = pathBack(valuesOf(req).verso)
    if (faults.length === 0) return res.redirect(303, account.mustChangePassword ? verso : '/account?fatto=password')
    const speech = speechFor(res, pathTo('/password', verso))
    return showPassword(res, passwordPage(account, verso, { errors: staffFaults(faults, speech) }), 422)
  })
}

/** @returns what is wrong; nothing when it is done and the browser has its new session */
async function choose(staff: Staff, req: Request, res: Response): Promise<FieldFault[]> {
  const { changePassword, unitOfWork, secrets, secure } = staff
  const form = readForm(passwordForm, fieldsOf(req))
  if (!form.ok) return form.faults
  const { current, password, again } = form.value
  const signedIn = signedInOf(req)
  const needsCurrent = !signedIn.account.mustChangePassword
  if (needsCurrent && current === '') return [{ field: 'current', code: 'required' }]
  if (again !== password) return [{ field: 'again', code: 'different' }]
  try {
    const change = await changePassword({ ...signedIn, password, current: needsCurrent ? current : null })
    const { session } = await unitOfWork.run(change)
    res.append('Set-Cookie', sessionCookie(secrets, secure, session))
    return []
  } catch (error) {
    return faultsOf(error)
  }
}
