import type { Draft } from './booking-draft.js'
import { pathOf, type StepId, STEPS } from './steps.js'

/** The first step that still lacks something before `step` can be shown; null when nothing does. */
export function missingBefore(step: StepId, draft: Draft): StepId | null {
  const order: [StepId, boolean][] = [
    ['place', draft.siteId !== null && draft.serviceId !== null],
    ['slot', draft.startsAt !== null],
    ['details', draft.detailsSeen],
    ['visitor', draft.visitor.email !== ''],
  ]
  const before = order.slice(
    0,
    STEPS.findIndex(({ id }) => id === step),
  )
  return before.find(([, there]) => !there)?.[0] ?? null
}

/** Where to go instead of a step that cannot be shown yet; what is booked already is shown, not begun anew. */
export const pathToMissing = (missing: StepId, { done }: Draft): string =>
  pathOf(missing === 'place' && done !== null ? 'confirmed' : missing)

/** Where a draft goes on: what is still missing, else the summary. */
export const nextStep = (draft: Draft): StepId => missingBefore('summary', draft) ?? 'summary'
