import type { Router } from 'express'
import { eachVisitorField } from '../kernel/visitor-fields.js'
import { examine } from '../platform/http/check.js'
import { page } from '../platform/pages/page.js'
import { likelyAddress, mayBook, type ReachableVisitor, visitorForm } from '../visitors/index.js'
import { changed, choiceMark, type Draft, keepTyped, mailMark, type TypedVisitor } from './booking-draft.js'
import { stepAside } from './booking-flow.js'
import type { StepsContext } from './steps-context.js'
import { type FieldError, fieldErrors, type NoticeView } from '../platform/pages/told.js'
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
    const isTold = draft.faultsToldAt === 'visitor'
    const errors = isTold ? faultsOf(draft, speech) : []
    const notice = isTold && errors.length === 0 ? mailQuestion(draft, speech) : null
    return showVisitor(res, await pages.visitor.visitor(draft, speech, { errors, notice }))
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
    const next: Draft = read.ok ? withVisitor(draft, read.value) : { ...draft, faultsToldAt: 'visitor' }
    drafts.save(res, next)
    if (read.ok) return res.redirect(303, pathOf(next.faultsToldAt ?? nextStep(next)))
    const speech = speechOf(res)
    if (read.faults === 'not-eligible') return showNotEligible(res, await pages.visitor.notEligible(draft, speech), 422)
    const errors = fieldErrors(read.faults, speech)
    return showVisitor(res, await pages.visitor.visitor(draft, speech, { errors }), 422)
  })
}

/** The fields as typed, for the form to show again. */
const typedOf = (fields: VisitorFields): TypedVisitor =>
  eachVisitorField((field) => keepTyped(field, fields[field] ?? ''))

/** What is right; an address that looks mistyped is asked about, unless it has been (C5). */
function withVisitor(draft: Draft, visitor: ReachableVisitor): Draft {
  const asked = likelyAddress(visitor.email) === null ? null : mailMark(visitor.email)
  return {
    ...draft,
    visitor: { ...visitor, phone: visitor.phone ?? '' },
    mailAsked: asked,
    faultsToldAt: asked === null || asked === draft.mailAsked ? null : 'visitor',
  }
}

/** The question, in the language of now (D3); null when there is none. */
function mailQuestion({ visitor: { email }, mailAsked }: Draft, { t }: Speech): NoticeView | null {
  const likely = likelyAddress(email)
  if (likely === null || mailAsked !== mailMark(email)) return null
  const text = t('citizen.visitor.mailQuestion.text', { typed: email, likely })
  return { kind: 'warning', title: t('citizen.visitor.mailQuestion.title'), text }
}

type Read =
  | { ok: true; value: ReachableVisitor }
  | { ok: false; faults: 'not-eligible' | { field: string; code: string }[] }

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
