import type { Request, Response, Router } from 'express'
import { AppError, type FieldFault } from '../kernel/app-error.js'
import { page } from '../platform/pages/page.js'
import { againForm, leaveForm } from './account.forms.js'
import {
  type AccountPage,
  accountPage,
  type LeavePage,
  leavePage,
  doneNotice,
  staffFaults,
  type Shown,
  speechFor,
} from './account.pages.js'
import { faultsOf, fieldsOf, readForm } from '../platform/pages/form.js'
import { droppedCookie, sessionCookie, signedInOf } from '../access/index.js'
import type { Staff } from './actions.js'

const showAccount = page<AccountPage>('staff/account')
const showLeave = page<LeavePage>('staff/leave')

/** What one's account is: who, where, TOTP; and the ways out. `names`: of the sites, by id. */
export type SiteNames = () => Promise<ReadonlyMap<string, string>>

/** The page of one's own account. `show` says what went wrong on it. */
export function makeShowAccount({ recoveryLeft }: Staff, names: SiteNames) {
  return async (req: Request, res: Response, { faults = [], ...shown }: Shown & { faults?: FieldFault[] } = {}) => {
    const speech = speechFor(res, '/account')
    const errors = staffFaults(faults, speech)
    const { account } = signedInOf(req)
    const facts = { names: await names(), recoveryLeft: await recoveryLeft(account.username), speech }
    const view = accountPage(account, facts, { errors, ...shown })
    showAccount(res, view, errors.length > 0 ? 422 : 200)
  }
}

export type ShowAccount = ReturnType<typeof makeShowAccount>

/** Who I am, and signing out: here or everywhere (A2). */
export function addAccountPages(router: Router, staff: Staff, show: ShowAccount): void {
  const { ownPage } = staff

  router.get('/account', ownPage(), (req, res) =>
    show(req, res, { notice: doneNotice(speechFor(res, '/account'), req.query.fatto) }),
  )

  addSignOut(router, staff)
  addTotpOff(router, staff, show)
}

/** Q8: whoever is at a counter is asked first, and nobody's number is put aside unasked. */
function addSignOut(router: Router, { ownPage, limits, signOut, heldAtSignOut, unitOfWork, secure }: Staff): void {
  for (const [path, everywhere, done] of [
    ['/account/esci', false, 'signed-out'],
    ['/account/esci-ovunque', true, 'signed-out-everywhere'],
  ] as const) {
    const ask = async (req: Request, res: Response): Promise<void> => {
      const signedIn = signedInOf(req)
      speechFor(res, path)
      showLeave(res, leavePage(signedIn.account, await heldAtSignOut(signedIn, everywhere), everywhere))
    }
    router.get(path, ownPage({ always: true }), ask)
    router.post(path, limits.perAsker('write'), ownPage({ always: true }), async (req, res) => {
      const { isAsked } = readLeave(req)
      if (!isAsked && (await heldAtSignOut(signedInOf(req), everywhere)).length > 0) return ask(req, res)
      await unitOfWork.run((tx) => signOut(tx, { ...signedInOf(req), everywhere }))
      res.append('Set-Cookie', droppedCookie(secure))
      return res.redirect(303, `/entra?fatto=${done}`)
    })
  }
}

function addTotpOff(router: Router, staff: Staff, show: ShowAccount): void {
  const { ownPage, limits, assertOwnPassword, removeTotp, unitOfWork, secrets, secure } = staff
  router.post('/account/totp/disattiva', limits.perAsker('write'), ownPage(), async (req, res) => {
    const form = readForm(againForm, fieldsOf(req))
    if (!form.ok) return show(req, res, { faults: form.faults })
    const signedIn = signedInOf(req)
    try {
      await assertOwnPassword(signedIn, form.value.password)
    } catch (error) {
      return show(req, res, { faults: faultsOf(error) })
    }
    const { session, account } = await unitOfWork.run((tx) => removeTotp(tx, signedIn))
    res.append('Set-Cookie', sessionCookie(secrets, secure, session))
    return res.redirect(303, account.mustChangePassword ? '/password?verso=/account' : '/account?fatto=totp-off')
  })
}

/** @throws malformed `invalid` for fields that no button sends (T27) */
function readLeave(req: Request): { isAsked: boolean } {
  const form = readForm(leaveForm, fieldsOf(req))
  if (!form.ok) throw new AppError('malformed', 'invalid')
  return { isAsked: form.value.sportello !== undefined }
}
