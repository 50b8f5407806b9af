import { Router } from 'express'
import { addAccountPages, makeShowAccount, type SiteNames } from './account-page.routes.js'
import { addPasswordPages } from './password.routes.js'
import { addRecoveryPages } from './recovery-page.routes.js'
import { addSignInPages } from './sign-in.routes.js'
import type { Staff } from './actions.js'
import { addTotpPages } from './totp-page.routes.js'

/** `/entra`: behind the CSRF check of every browser, so that nobody is signed in by another's page. */
export function makeSignInPages(staff: Staff): Router {
  const router = Router({ caseSensitive: true })
  addSignInPages(router, staff)
  return router
}

/** `/account` and `/password`: mount before that check, they have the session's own token (`page-permit.ts`). */
export function makeAccountPages(staff: Staff, names: SiteNames): Router {
  const router = Router({ caseSensitive: true })
  const show = makeShowAccount(staff, names)
  addPasswordPages(router, staff)
  addAccountPages(router, staff, show)
  addTotpPages(router, staff, show)
  addRecoveryPages(router, staff, show)
  return router
}
