import type { Request, Response, Router } from 'express'
import { AppError, type FieldFault } from '../kernel/app-error.js'
import { page } from '../platform/http/page.js'
import { againForm, buttonForm } from './account.forms.js'
import { type AccountPage, accountPage, doneNotice, fieldErrors, type Shown, speechFor } from './account.pages.js'
import { faultsOf, readForm } from './page.forms.js'
import { droppedCookie, sessionCookie } from './sessions.js'
import type { Staff } from './staff.js'
import { signedInOf } from './who-asks.js'

const showAccount = page<AccountPage>('staff/account')

/** What one's account is: who, where, TOTP; and the ways out. `names`: of the sites, by id. */
export type SiteNames = () => Promise<ReadonlyMap<string, string>>

/** The page of one's own account. `show` says what went wrong on it. */
export function makeShowAccount({ recoveryLeft }: Staff, names: SiteNames) {
  return async (req: Request, res: Response, { faults = [], ...shown }: Shown & { faults?: FieldFault[] } = {}) => {
    const speech = speechFor(res, '/account')
    const errors = fieldErrors(faults, speech)
    const { account } = signedInOf(req)
    const facts = { names: await names(), recoveryLeft: await recoveryLeft(account.username), speech }
    const view = accountPage(account, facts, { errors, ...shown })
    showAccount(res, view, errors.length > 0 ? 422 : 200)
  }
}

export type ShowAccount = ReturnType<typeof makeShowAccount>

/** Who I am, and signing out: here or everywhere (A2). */
export function addAccountPages(router: Router, staff: Staff, show: ShowAccount): void {
  const { ownPage, limits, signOut, unitOfWork, secure } = staff

  router.get('/account', ownPage(), (req, res) =>
    show(req, res, { notice: doneNotice(speechFor(res, '/account'), req.query.fatto) }),
  )

  for (const [path, everywhere, done] of [
    ['/account/esci', false, 'signed-out'],
    ['/account/esci-ovunque', true, 'signed-out-everywhere'],
  ] as const) {
    router.post(path, limits.perAsker('write'), ownPage({ always: true }), async (req, res) => {
      mustBeButton(req)
      await unitOfWork.run((tx) => signOut(tx, { ...signedInOf(req), everywhere }))
      res.append('Set-Cookie', droppedCookie(secure))
      res.redirect(303, `/entra?fatto=${done}`)
    })
  }
  addTotpOff(router, staff, show)
}

function addTotpOff(router: Router, staff: Staff, show: ShowAccount): void {
  const { ownPage, limits, assertOwnPassword, removeTotp, unitOfWork, secrets, secure } = staff
  router.post('/account/totp/disattiva', limits.perAsker('write'), ownPage(), async (req, res) => {
    const form = readForm(againForm, req)
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
function mustBeButton(req: Request): void {
  const form = readForm(buttonForm, req)
  if (!form.ok) throw new AppError('malformed', 'invalid')
}
