import type { Router } from 'express'
import { page } from '../platform/http/page.js'
import { changed, choiceMark, keepTyped } from './booking-draft.js'
import { renewHold } from './booking-flow.js'
import type { CitizenContext } from './citizen-context.js'
import { fieldErrors } from './step.pages.js'
import { detailsForm, fieldsOf, readForm } from './steps.forms.js'
import { missingBefore, nextStep, pathOf, pathToMissing } from './steps.js'
import type { DetailsPage } from './visitor.pages.js'
import { speechOf } from './words.js'

const showDetails = page<DetailsPage>('citizen/details')

/** Step 3, Dettagli: a free text that may stay empty. */
export function addDetailsRoutes(router: Router, { deps, drafts, holds, pages }: CitizenContext): void {
  router.get('/prenota/dettagli', async (req, res) => {
    const draft = drafts.read(req)
    const missing = missingBefore('details', draft)
    if (missing) return res.redirect(303, pathToMissing(missing, draft))
    return showDetails(res, await pages.visitor.details(draft, speechOf(res)))
  })

  router.post('/prenota/dettagli', async (req, res) => {
    const before = drafts.read(req)
    const speech = speechOf(res)
    const missing = missingBefore('details', before)
    if (missing) return res.redirect(303, pathToMissing(missing, before))
    const fields = fieldsOf(req)
    const form = readForm(detailsForm, fields)
    const draft = changed(before, { notes: keepTyped('notes', typeof fields.notes === 'string' ? fields.notes : '') })
    if (!form.ok) {
      drafts.save(res, draft)
      const sentence = (code: string) => `citizen.details.faults.${code === 'characters' ? 'characters' : 'long'}`
      const errors = fieldErrors(form.faults, speech, ({ code }) => speech.t(sentence(code)))
      return showDetails(res, await pages.visitor.details(draft, speech, { errors }), 422)
    }
    if (form.value.choice !== choiceMark(before)) {
      const step = nextStep(before)
      drafts.save(res, changed(before, { notice: { code: 'other-tab', step } }))
      return res.redirect(303, pathOf(step))
    }
    if (form.value.action === 'extend') {
      const renewed = await renewHold(holds, draft, { lang: speech.lang, origin: deps.originOf(req), step: 'details' })
      drafts.save(res, renewed.draft)
      return res.redirect(303, pathOf(renewed.step))
    }
    const next = changed(draft, { notes: form.value.notes ?? '', detailsSeen: true })
    drafts.save(res, next)
    return res.redirect(303, pathOf(nextStep(next)))
  })
}
