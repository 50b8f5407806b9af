import type { Router } from 'express'
import { page } from '../platform/http/page.js'
import type { CitizenContext } from './citizen-context.js'
import { type HomePage, type PrivacyPage, privacyPage } from './home.pages.js'
import { noticeView } from './step.pages.js'
import { speechOf } from './words.js'

const showHome = page<HomePage>('citizen/home')
const showPrivacy = page<PrivacyPage>('citizen/privacy')
const showAccessibility = page<Record<string, never>>('citizen/accessibility')

/** What to do where, and the two statements a public page owes. */
export function addHomeRoutes(router: Router, { drafts, pages }: CitizenContext): void {
  router.get('/', async (req, res) => {
    const { notice } = drafts.read(req)
    const speech = speechOf(res)
    showHome(res, await pages.home.home(speech, notice?.step === 'home' ? noticeView(notice.code, speech) : null))
  })
  router.get('/privacy', (_req, res) => showPrivacy(res, privacyPage))
  router.get('/accessibilita', (_req, res) => showAccessibility(res, {}))
}
