import { DraftCookie } from './booking-draft.js'
import { CalendarPages } from './calendar.pages.js'
import type { CitizenDeps } from './citizen-deps.js'
import { HomePages } from './home.pages.js'
import { Holds } from './holds.js'
import { ManagePages } from './manage.pages.js'
import { OwnDayPages } from './own-day.pages.js'
import { PlacePages } from './place.pages.js'
import { SlotPages } from './slot.pages.js'
import { StepPages } from './step.pages.js'
import { SummaryPages } from './summary.pages.js'
import { VisitorPages } from './visitor.pages.js'

/** Everything the room's routes share, built once. */
export function makeCitizenContext(deps: CitizenDeps) {
  const steps = new StepPages(deps)
  const calendar = new CalendarPages(deps.availability, deps.clock)
  return {
    deps,
    drafts: new DraftCookie(deps.secrets, deps.secure),
    holds: new Holds(deps),
    pages: {
      home: new HomePages(deps),
      place: new PlacePages(deps, steps),
      slot: new SlotPages(deps, steps, calendar),
      visitor: new VisitorPages(steps),
      summary: new SummaryPages(deps, steps),
      manage: new ManagePages(deps, calendar, new OwnDayPages(deps)),
    },
  }
}

export type CitizenContext = ReturnType<typeof makeCitizenContext>
