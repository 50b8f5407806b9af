import { MINUTE_MS } from '../kernel/clock.js'
import type { LocalDay } from '../kernel/local-day.js'
import type { CalendarPlan, ClosedReason, Closure, OfferedDay, OpeningWindow, Slot } from './calendar-plan.js'
import { covers, openSlots, touches } from './closed-times.js'
import { holidayOn } from './holidays.js'
import { type DayWindows, windowsOn } from './opening-windows.js'
import { wallInstant } from './wall-time.js'

/**
 * What a calendar offers on a local day (S1–S3, S5), ascending, without regard to the present time and to what is taken.
 * Pure: callers keep the answer per `version` and day.
 */
export function offeredSlots(plan: CalendarPlan, day: LocalDay): OfferedDay {
  const { windows, source } = windowsOn(plan, day)
  const planned = windows.flatMap((window, index) =>
    windowSlots(window, index, (time) => wallInstant(day, time, plan.timeZone)),
  )
  const closures = closuresOn(plan, day)
  const slots = openSlots(planned, closures)
  if (slots.length > 0) return { slots, closed: null }
  const whole = { startsAt: wallInstant(day, '00:00', plan.timeZone), endsAt: wallInstant(day, '24:00', plan.timeZone) }
  const closing = closures.filter((closure) =>
    planned.length > 0 ? touches(closure, planned) : covers(closure, whole),
  )
  return { slots, closed: closedReason(source, closing, day) }
}

/** S3: elapsed time from one instant to the other, so a day of a clock change has more or fewer slots. */
function windowSlots(window: OpeningWindow, index: number, instant: (time: string) => Date): Slot[] {
  const endMs = instant(window.to).getTime()
  const stepMs = window.slotMinutes * MINUTE_MS
  const slots: Slot[] = []
  for (let startMs = instant(window.from).getTime(); startMs + stepMs <= endMs; startMs += stepMs) {
    slots.push({ startsAt: new Date(startMs), endsAt: new Date(startMs + stepMs), seats: window.seats, window: index })
  }
  return slots
}

const closuresOn = ({ closures, calendarId }: CalendarPlan, day: LocalDay): Closure[] =>
  closures
    .filter((closure) => closure.calendarId === null || closure.calendarId === calendarId)
    .filter(({ fromOn, toOn }) => fromOn === null || toOn === null || (fromOn <= day && day < toOn))

/** S7: a reason citizens may read says most, then the holiday. */
function closedReason(source: DayWindows['source'], closing: readonly Closure[], day: LocalDay): ClosedReason {
  const told = closing.find(({ isPublic }) => isPublic)
  if (told) return { kind: 'closure', reason: told.reason }
  const holiday = source === 'holiday' ? holidayOn(day) : null
  if (holiday !== null) return { kind: 'holiday', holiday }
  return closing.length > 0 || source === 'opening' ? { kind: 'closure' } : { kind: 'no-rule' }
}
