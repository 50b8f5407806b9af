import type { RequestHandler, Router } from 'express'
import type { FieldFault } from '../kernel/app-error.js'
import { page } from '../platform/pages/page.js'
import { changed, choiceMark, type Draft, keepTyped } from './booking-draft.js'
import { stepAside } from './booking-flow.js'
import type { StepsContext } from './steps-context.js'
import { type FieldError, fieldErrors } from '../platform/pages/told.js'
import { detailsForm } from './steps.forms.js'
import { fieldsOf, readForm } from '../platform/pages/form.js'
import { pathOf } from './steps.js'
import { missingBefore, nextStep, pathToMissing } from './next-step.js'
import type { DetailsPage } from './visitor.pages.js'
import { type Speech, speechOf } from '../platform/pages/speech.js'

const showDetails = page<DetailsPage>('citizen/details')

/** Step 3, Dettagli: a free text that may stay empty. */
export function addDetailsRoutes(router: Router, context: StepsContext): void {
  router.get('/prenota/dettagli', show(context))
  router.post('/prenota/dettagli', take(context))
}

const show =
  ({ drafts, pages }: StepsContext): RequestHandler =>
  async (req, res) => {
    const draft = drafts.read(req)
    const missing = missingBefore('details', draft)
    if (missing) return res.redirect(303, pathToMissing(missing, draft))
    const speech = speechOf(res)
    const form = readForm(detailsForm, { choice: choiceMark(draft), notes: draft.notes })
    const errors = draft.faultsToldAt === 'details' && !form.ok ? noteErrors(form.faults, speech) : []
    return showDetails(res, await pages.visitor.details(draft, speech, { errors }))
  }

const take =
  ({ deps, drafts, holds, pages }: StepsContext): RequestHandler =>
  async (req, res) => {
    const before = drafts.read(req)
    const speech = speechOf(res)
    const missing = missingBefore('details', before)
    if (missing) return res.redirect(303, pathToMissing(missing, before))
    const fields = fieldsOf(req)
    const notes = keepTyped('notes', typeof fields.notes === 'string' ? fields.notes : '')
    const draft = changed(before, { notes })
    const go = (next: Draft, path: string) => {
      drafts.save(res, next)
      res.redirect(303, path)
    }
    const buttons = readForm(detailsForm, { ...fields, notes: '' })
    if (!buttons.ok || buttons.value.choice !== choiceMark(before)) {
      const step = nextStep(before)
      return go(changed(before, { notice: { code: 'other-tab', step } }), pathOf(step))
    }
    const asker = {
      lang: speech.lang,
      origin: deps.originOf(req),
      step: 'details',
      action: buttons.value.action,
    } as const
    const aside = await stepAside(holds, draft, asker)
    if (aside) return go(aside.draft, aside.path)
    const form = readForm(detailsForm, fields)
    if (!form.ok) {
      drafts.save(res, { ...draft, faultsToldAt: 'details' })
      const errors = noteErrors(form.faults, speech)
      return showDetails(res, await pages.visitor.details(draft, speech, { errors }), 422)
    }
    const next = changed(draft, { notes: form.value.notes ?? '', detailsSeen: true, faultsToldAt: null })
    return go(next, pathOf(nextStep(next)))
  }

const noteErrors = (faults: FieldFault[], speech: Speech): FieldError[] =>
  fieldErrors(faults, speech, ({ code }) =>
    speech.t(`citizen.details.faults.${code === 'characters' ? 'characters' : 'long'}`),
  )
