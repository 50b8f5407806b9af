import type { LocalDay } from '../kernel/local-day.js'
import type { CalendarPlan, Closure } from './calendar-plan.js'
import { windowsOn } from './opening-windows.js'
import { wallInstant } from './wall-time.js'

/** Half-open. */
export interface Span {
  from: Date
  to: Date
}

/** The stretches of a local day in which a calendar is open: its windows, less its closures; ascending. */
export function openingSpans(plan: CalendarPlan, day: LocalDay): Span[] {
  const closures = plan.closures.filter(({ calendarId }) => calendarId === null || calendarId === plan.calendarId)
  const instant = (time: string) => wallInstant(day, time, plan.timeZone)
  const spans = windowsOn(plan, day).windows.map(({ from, to }) => ({ from: instant(from), to: instant(to) }))
  return withoutClosures(spans, closures, day)
}

/** What closures leave of the stretches of one local day. */
export function withoutClosures(spans: readonly Span[], closures: readonly Closure[], day: LocalDay): Span[] {
  let left = [...spans]
  for (const { fromOn, toOn, fromAt, toAt } of closures) {
    if (fromOn !== null && toOn !== null && fromOn <= day && day < toOn) return []
    if (fromAt === null || toAt === null) continue
    // What is empty falls away at once: it would double with every closure.
    left = left
      .flatMap(({ from, to }) => [
        { from, to: to < fromAt ? to : fromAt },
        { from: from > toAt ? from : toAt, to },
      ])
      .filter(({ from, to }) => from < to)
  }
  return left
}
