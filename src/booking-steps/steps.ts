import type { Speech } from '../platform/pages/speech.js'

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

export const pathBefore = (step: StepId): string =>
  STEPS[STEPS.findIndex(({ id }) => id === step) - 1]?.path ?? '/prenota'
