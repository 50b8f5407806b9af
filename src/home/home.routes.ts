import { Router } from 'express'
import type { DraftCookie } from '../booking-steps/index.js'
import { noticeView } from '../citizen/index.js'
import { page } from '../platform/pages/page.js'
import type { InformationPage, InformationPages } from './information.pages.js'
import { type HomePage, type HomePages, type PrivacyPage, privacyPage } from './home.pages.js'
import { speechOf } from '../platform/pages/speech.js'

const showHome = page<HomePage>('citizen/home')
const showInformation = page<InformationPage>('citizen/information')
const showPrivacy = page<PrivacyPage>('citizen/privacy')
const showAccessibility = page<Record<string, never>>('citizen/accessibility')

interface Deps {
  drafts: DraftCookie
  pages: HomePages
  information: InformationPages
}

/** What to do where, what each matter needs, and the two statements a public page owes. */
export function makeHomeRoutes({ drafts, pages, information }: Deps): Router {
  const router = Router({ caseSensitive: true })
  router.get('/', async (req, res) => {
    const draft = drafts.read(req)
    const { notice } = draft
    const speech = speechOf(res)
    const isHere = notice?.step === 'home'
    const told = isHere ? noticeView(notice.code, speech) : null
    // Said once: it would take the focus at every visit.
    if (isHere) drafts.save(res, { ...draft, notice: null })
    showHome(res, await pages.home(speech, told))
  })
  router.get('/informazioni/:matter', async (req, res) => {
    showInformation(res, await information.matter(req.params.matter, speechOf(res)))
  })
  router.get('/privacy', (_req, res) => showPrivacy(res, privacyPage))
  router.get('/accessibilita', (_req, res) => showAccessibility(res, {}))
  return router
}
