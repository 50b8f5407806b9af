export { hasNotice, isBookable, lastBookableDay } from './bookable-window.js'
export type {
  CalendarPlan,
  Closure,
  OfferedDay,
  OpeningRule,
  OpeningWindow,
  Slot,
  SpecialOpening,
} from './calendar-plan.js'
export { closureSpan, inOrder } from './closed-times.js'
export { offeredSlots } from './day-slots.js'
export { type CalendarReason, dayState } from './day-state.js'
export { holidayOn } from './holidays.js'
export { openingSpans, type Span, withoutClosures } from './opening-spans.js'
export { unusedMinutes } from './opening-windows.js'
export { ruleFaults } from './rule-check.js'
export { wallInstant } from './wall-time.js'
export { checkOpening } from './window-check.js'
