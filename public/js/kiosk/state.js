import { facts } from './place.js'

/** As the kiosk is for whoever comes next. */
const CLEAN = {
  step: 'start',
  typed: '',
  fault: null,
  offer: null,
  refusal: null,
  ticket: null,
  delay: null,
  paper: null,
  hasNext: false,
}

/**
 * What is on the screen. `fault` is a sentence's key and its values; `offer` what somebody is taking a number for;
 * `refusal` the server's no; `ticket` what was drawn; `delay` why an answer takes long: `away` or `busy`; `paper` what is
 * to be said of it: `failed` or `again`; `hasNext`: somebody else has shown a code meanwhile.
 */
/** @type {Record<string, any>} */
export const state = {
  ...CLEAN,
  lang: facts.startsIn,
  now: facts.now,
  awaySince: null,
  /** A page of an earlier day, until the server has spoken: what is open now, and what time it is, nobody knows. */
  isKept: document.documentElement.dataset.kept !== undefined,
}

const listeners = []

/** @param {(change: { isNewStep: boolean }) => void} show is called after every change */
export const onChange = (show) => void listeners.push(show)

/** Changes what is on the screen. A new step takes the focus to its heading. */
export function set(change) {
  const isNewStep = change.step !== undefined
  Object.assign(state, change)
  for (const show of listeners) show({ isNewStep })
}

/** A step with nothing left of the one before. */
export const go = (step, change = {}) => set({ ...CLEAN, step, ...change })

/** For the next person: from the start, in Italian. */
export const reset = () => go('start', { lang: 'it' })
