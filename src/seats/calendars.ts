import type { Tx } from '../platform/db/tx.js'
import type { CalendarPlan } from '../scheduling/index.js'

/** Where seats learn what a calendar offers. */
export interface Calendars {
  /** @returns null when the service has no calendar at the site */
  planOf(siteId: string, serviceId: string): Promise<CalendarPlan | null>
  /** False once a plan has been replaced or is too old to be believed. */
  isCurrent(plan: CalendarPlan): boolean
  /** The same inside a unit of work: nobody changes the calendar before the unit ends (S8, K1). */
  lockedPlanOf(tx: Tx, siteId: string, serviceId: string): Promise<CalendarPlan | null>
}
