export { type AddClosure, type AddClosureCommand, type ClosureRange, makeAddClosure } from './add-closure.js'
export { type AddOpening, type AddOpeningCommand, makeAddOpening } from './add-opening.js'
export type { BookingsOutside } from './bookings-outside.js'
export { isBookable, lastBookableDay } from './bookable-window.js'
export { makeCalendarActions } from './calendar-actions.js'
export { addCalendarRoutes } from './calendar.routes.js'
export { CalendarEntity } from './calendar.entity.js'
export { touchCalendars } from './calendar-changes.js'
export { CalendarDirectory } from './calendar-directory.js'
export type {
  CalendarPlan,
  ClosedReason,
  Closure,
  OfferedDay,
  OpeningRule,
  OpeningWindow,
  Slot,
  SpecialOpening,
} from './calendar-plan.js'
export { ClosureEntity } from './closure.entity.js'
export { addExceptionRoutes } from './exception.routes.js'
export { ExceptionsStore } from './exceptions.store.js'
export { offeredSlots } from './day-slots.js'
export { type CalendarReason, type DayState, dayState } from './day-state.js'
export { type DeleteCalendar, type DeleteCalendarCommand, makeDeleteCalendar } from './delete-calendar.js'
export { exampleCalendar } from './example-calendar.js'
export { holidayOn } from './holidays.js'
export { PlanStore } from './plan.store.js'
export { makeRemoveClosure, type RemoveClosure, type RemoveClosureCommand } from './remove-closure.js'
export { makeRemoveOpening, type RemoveOpening, type RemoveOpeningCommand } from './remove-opening.js'
export { makeSaveCalendar, type SaveCalendar, type SaveCalendarCommand, type SavedCalendar } from './save-calendar.js'
export { SpecialOpeningEntity } from './special-opening.entity.js'
export { wallInstant } from './wall-time.js'
