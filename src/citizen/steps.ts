import type { Draft } from './booking-draft.js'
import type { Speech } from './words.js'

/** The national template's steps; `path` is where each is shown. */
export const STEPS = [
  { id: 'place', path: '/prenota' },
  { id: 'slot', path: '/prenota/data-e-orario' },
  { id: 'details', path: '/prenota/dettagli' },
  { id: 'visitor', path: '/prenota/richiedente' },
  { id: 'summary', path: '/prenota/riepilogo' },
  { id: 'confirmed', path: '/prenota/conferma' },
] as const
export type StepId = (typeof STEPS)[number]['id']

export const pathOf = (step: StepId): string => STEPS.find(({ id }) => id === step)?.path ?? '/prenota'

/** The stepper: steps already passed are links back. */
export interface StepsView {
  number: number
  count: number
  current: string
  list: { name: string; href: string | null; state: 'done' | 'current' | 'next' }[]
}

export function stepsView(step: StepId, { t }: Speech): StepsView {
  const index = STEPS.findIndex(({ id }) => id === step)
  const over = step === 'confirmed'
  const list = STEPS.map(({ id, path }, i) => {
    const state = i < index ? ('done' as const) : i === index ? ('current' as const) : ('next' as const)
    return { name: t(`citizen.steps.${id}`), href: state === 'done' && !over ? path : null, state }
  })
  return { number: index + 1, count: STEPS.length, current: t(`citizen.steps.${step}`), list }
}

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

export const pathBefore = (step: StepId): string =>
  STEPS[STEPS.findIndex(({ id }) => id === step) - 1]?.path ?? '/prenota'

/** Where a draft goes on: what is still missing, else the summary. */
export const nextStep = (draft: Draft): StepId => missingBefore('summary', draft) ?? 'summary'
