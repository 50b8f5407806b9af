import type { Router } from 'express'
import { check } from '../platform/http/check.js'
import { changed, emptyDraft } from './booking-draft.js'
import { renewHold } from './booking-flow.js'
import type { StepsContext } from './steps-context.js'
import { emptyForm } from '../citizen/index.js'
import { renewForm } from './steps.forms.js'
import { fieldsOf } from '../platform/pages/form.js'
import { pathOf } from './steps.js'
import { speechOf } from '../platform/pages/speech.js'

/** The chosen time, once more or no longer. */
export function addHoldRoutes(router: Router, { deps, drafts, holds }: StepsContext): void {
  router.post('/prenota/rinnova', async (req, res) => {
    const { step } = check(renewForm, fieldsOf(req))
    const renewed = await renewHold(holds, drafts.read(req), {
      lang: speechOf(res).lang,
      origin: deps.originOf(req),
      step,
    })
    drafts.save(res, renewed.draft)
    res.redirect(303, pathOf(renewed.step))
  })

  router.post('/prenota/abbandona', async (req, res) => {
    check(emptyForm, fieldsOf(req))
    const { hold } = drafts.read(req)
    if (hold !== null) await holds.release(hold)
    drafts.save(res, changed(emptyDraft(), { notice: { code: 'abandoned', step: 'home' } }))
    res.redirect(303, '/')
  })
}
