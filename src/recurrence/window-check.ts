import type { FieldFault } from '../kernel/app-error.js'
import type { OpeningWindow } from './calendar-plan.js'
import { isAlike } from './opening-windows.js'
import { timeMinutes } from './wall-time.js'

/** Why a rule or a special opening cannot be saved (S4, contract.md). `params` of an overlap: `first`, `second`, `day`. */
export interface RuleFault extends FieldFault {
  code: 'rule-overlap' | 'rule-empty' | 'rule-times' | 'rule-recurrence' | 'rule-seats'
}

const MOST_SEATS = 10_000

/** The faults of one window's times and seats; `path` is where it stands (`rules[0]`). */
export function checkWindow(window: OpeningWindow, path: string): RuleFault[] {
  const { from, to, slotMinutes, seats } = window
  const [start, end] = [from === '24:00' ? null : timeMinutes(from), timeMinutes(to)]
  const faults: RuleFault[] = []
  if (start === null) faults.push({ code: 'rule-times', field: `${path}.from` })
  if (end === null || (start !== null && end <= start)) faults.push({ code: 'rule-times', field: `${path}.to` })
  const isStep = Number.isInteger(slotMinutes) && slotMinutes >= 1
  if (!isStep) faults.push({ code: 'rule-times', field: `${path}.slotMinutes` })
  else if (start !== null && end !== null && start < end && end - start < slotMinutes) {
    faults.push({ code: 'rule-empty', field: `${path}.slotMinutes` })
  }
  if (!Number.isInteger(seats) || seats < 1 || seats > MOST_SEATS) {
    faults.push({ code: 'rule-seats', field: `${path}.seats` })
  }
  return faults
}

export const shareTime = (one: OpeningWindow, other: OpeningWindow): boolean =>
  one.from < other.to && other.from < one.to

/**
 * What keeps the windows of a special opening from being saved beside those already there for its day: faults of their
 * own, and an overlap of different slots or seats (alike ones unite). One without length closes, so it may (case C05).
 */
export function checkOpening(
  windows: readonly OpeningWindow[],
  present: readonly OpeningWindow[],
  day: string,
): RuleFault[] {
  return windows.flatMap((window, index): RuleFault[] => {
    const path = `rules[${index}]`
    if (window.from === window.to && timeMinutes(window.from) !== null) return []
    const faults = checkWindow(window, path)
    if (faults.length > 0) return faults
    const others = [...windows.slice(0, index), ...present].filter(({ from, to }) => from < to)
    const other = others.find((each) => shareTime(window, each) && !isAlike(window, each))
    if (!other) return []
    const params = { first: nameOf(other), second: nameOf(window), day }
    return [{ code: 'rule-overlap', field: `${path}.from`, params }]
  })
}

const nameOf = ({ from, to }: OpeningWindow): string => `${from}–${to}`
