import type { Tx } from '../platform/db/tx.js'
import type { CalendarPlan } from '../recurrence/index.js'

/** Where seats learn what a calendar offers. */
export interface Calendars {
  /** @returns null when the service has no calendar at the site */
  planOf(siteId: string, serviceId: string): Promise<CalendarPlan | null>
  /** False once a plan has been replaced or is too old to be believed. */
  isCurrent(plan: CalendarPlan): boolean
  /** As the unit of work sees it. Whether it still is so when a seat is taken by it, the seat's row says (K1). */
  planIn(tx: Tx, siteId: string, serviceId: string): Promise<CalendarPlan | null>
}
