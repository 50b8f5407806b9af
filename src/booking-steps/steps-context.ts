import { DraftCookie } from './booking-draft.js'
import { ConfirmedPages } from './confirmed.pages.js'
import { Holds } from './holds.js'
import { PlacePages } from './place.pages.js'
import { SlotPages } from './slot.pages.js'
import { StepPages } from './step.pages.js'
import type { StepsDeps } from './steps-deps.js'
import { SummaryPages } from './summary.pages.js'
import { VisitorPages } from './visitor.pages.js'

/** Everything the steps' routes share, built once. */
export function makeStepsContext(deps: StepsDeps) {
  const steps = new StepPages(deps)
  return {
    deps,
    drafts: new DraftCookie(deps.secrets, deps.secure),
    holds: new Holds(deps),
    pages: {
      place: new PlacePages(deps, steps),
      slot: new SlotPages(deps, steps, deps.calendarPages),
      visitor: new VisitorPages(steps),
      summary: new SummaryPages(deps, steps),
      confirmed: new ConfirmedPages(deps),
    },
  }
}

export type StepsContext = ReturnType<typeof makeStepsContext>
