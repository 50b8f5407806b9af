import type { LocalDay } from '../kernel/local-day.js'
import type { CalendarPlan, OpeningWindow } from './calendar-plan.js'
import { holidayOn } from './holidays.js'
import { occursOn } from './occurrences.js'
import { timeMinutes } from './wall-time.js'

/** The windows of one day before closures, ascending; `source` says what decided them. */
export interface DayWindows {
  windows: OpeningWindow[]
  source: 'opening' | 'rules' | 'holiday'
}

/** S5: a special opening replaces the rules, also on a holiday; else a holiday closes, unless the site opted out of it. */
export function windowsOn(plan: CalendarPlan, day: LocalDay): DayWindows {
  const openings = plan.openings.filter((opening) => opening.day === day)
  if (openings.length > 0) {
    return { source: 'opening', windows: unitedWindows(openings.flatMap((opening) => opening.windows)) }
  }
  if (holidayOn(day) !== null && !plan.openOnHolidays.includes(day)) return { source: 'holiday', windows: [] }
  return { source: 'rules', windows: plan.rules.filter((rule) => occursOn(rule, day)).sort(byStart) }
}

/**
 * The union of special windows (case A15, case C07): those of equal slots and seats that overlap or touch become one. Windows
 * without length, which close (case C05), fall away.
 */
export function unitedWindows(windows: readonly OpeningWindow[]): OpeningWindow[] {
  const united: OpeningWindow[] = []
  for (const window of windows.filter(({ from, to }) => from < to).sort(byStart)) {
    const before = united.at(-1)
    if (before && window.from <= before.to && isAlike(before, window)) {
      if (window.to > before.to) before.to = window.to
    } else {
      united.push({ ...window })
    }
  }
  return united
}

export const isAlike = (one: OpeningWindow, other: OpeningWindow): boolean =>
  one.slotMinutes === other.slotMinutes && one.seats === other.seats

/** S2: the minutes at a window's end that are too few for a slot. */
export const unusedMinutes = ({ from, to, slotMinutes }: OpeningWindow): number =>
  ((timeMinutes(to) ?? 0) - (timeMinutes(from) ?? 0)) % slotMinutes

const byStart = (one: OpeningWindow, other: OpeningWindow): number => (one.from < other.from ? -1 : 1)
