import { makeAddClosure } from './add-closure.js'
import { makeAddOpening } from './add-opening.js'
import type { CalendarDeps } from './calendar-changes.js'
import { makeChangeSite } from './change-site.js'
import { makeDeleteCalendar } from './delete-calendar.js'
import { makeRemoveClosure } from './remove-closure.js'
import { makeRemoveOpening } from './remove-opening.js'
import { makeSaveCalendar } from './save-calendar.js'

/** The room's actions, built once. */
export const makeCalendarActions = (deps: CalendarDeps) => ({
  saveCalendar: makeSaveCalendar(deps),
  deleteCalendar: makeDeleteCalendar(deps),
  addClosure: makeAddClosure(deps),
  removeClosure: makeRemoveClosure(deps),
  addOpening: makeAddOpening(deps),
  removeOpening: makeRemoveOpening(deps),
  changeSite: makeChangeSite(deps),
})

export type CalendarActions = ReturnType<typeof makeCalendarActions>
