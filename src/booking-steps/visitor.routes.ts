import type { Router } from 'express'
import { eachVisitorField } from '../kernel/visitor-fields.js'
import { examine } from '../platform/http/check.js'
import { page } from '../platform/pages/page.js'
import { type Visitor, mayBook, visitorForm } from '../visitors/index.js'
import { changed, choiceMark, type Draft, keepTyped, type TypedVisitor } from './booking-draft.js'
import { stepAside } from './booking-flow.js'
import type { StepsContext } from './steps-context.js'
import { type FieldError, fieldErrors } from '../platform/pages/told.js'
import { OTHER_COMUNE, visitorFields, type VisitorFields } from './steps.forms.js'
import { fieldsOf, readForm } from '../platform/pages/form.js'
import { pathOf } from './steps.js'
import { missingBefore, nextStep, pathToMissing } from './next-step.js'
import type { NotEligiblePage, VisitorPage } from './visitor.pages.js'
import { type Speech, speechOf } from '../platform/pages/speech.js'

const showVisitor = page<VisitorPage>('citizen/visitor')
const showNotEligible = page<NotEligiblePage>('citizen/not-eligible')

/** Step 4, Richiedente: who comes, and where to write to. */
export function addVisitorRoutes(router: Router, { deps, drafts, holds, pages }: StepsContext): void {
  router.get('/prenota/richiedente', async (req, res) => {
    const draft = drafts.read(req)
    const missing = missingBefore('visitor', draft)
    if (missing) return res.redirect(303, pathToMissing(missing, draft))
    const speech = speechOf(res)
    const errors = draft.faultsToldAt === 'visitor' ? faultsOf(draft, speech) : []
    return showVisitor(res, await pages.visitor.visitor(draft, speech, { errors }))
  })

  router.post('/prenota/richiedente', async (req, res) => {
    const before = drafts.read(req)
    const missing = missingBefore('visitor', before)
    if (missing) return res.redirect(303, pathToMissing(missing, before))
    const form = readForm(visitorFields, fieldsOf(req))
    if (!form.ok || form.value.choice !== choiceMark(before)) {
      const step = nextStep(before)
      drafts.save(res, changed(before, { notice: { code: 'other-tab', step } }))
      return res.redirect(303, pathOf(step))
    }
    const draft = changed(before, { visitor: typedOf(form.value) })
    const { choice: _choice, action, ...fields } = form.value
    const asker = { lang: speechOf(res).lang, origin: deps.originOf(req), step: 'visitor', action } as const
    const aside = await stepAside(holds, draft, asker)
    if (aside) {
      drafts.save(res, aside.draft)
      return res.redirect(303, aside.path)
    }
    const read = readVisitor(fields)
    const next: Draft = read.ok
      ? { ...draft, visitor: { ...read.value, phone: read.value.phone ?? '' }, faultsToldAt: null }
      : { ...draft, faultsToldAt: 'visitor' }
    drafts.save(res, next)
    if (read.ok) return res.redirect(303, pathOf(nextStep(next)))
    const speech = speechOf(res)
    if (read.faults === 'not-eligible') return showNotEligible(res, await pages.visitor.notEligible(draft, speech), 422)
    const errors = fieldErrors(read.faults, speech)
    return showVisitor(res, await pages.visitor.visitor(draft, speech, { errors }), 422)
  })
}

/** The fields as typed, for the form to show again. */
const typedOf = (fields: VisitorFields): TypedVisitor =>
  eachVisitorField((field) => keepTyped(field, fields[field] ?? ''))

type Read = { ok: true; value: Visitor } | { ok: false; faults: 'not-eligible' | { field: string; code: string }[] }

/** What is wrong with what was typed before, in the language of now. */
function faultsOf({ visitor }: Draft, speech: Speech): FieldError[] {
  const read = readVisitor(visitor)
  return read.ok || read.faults === 'not-eligible' ? [] : fieldErrors(read.faults, speech)
}

/** K6 comes first: who lives elsewhere should not correct a form in vain. */
function readVisitor(fields: Partial<TypedVisitor>): Read {
  if (fields.comune === OTHER_COMUNE) return { ok: false, faults: 'not-eligible' }
  const read = examine(visitorForm, fields)
  return read.ok && !mayBook(read.value.comune) ? { ok: false, faults: 'not-eligible' } : read
}
