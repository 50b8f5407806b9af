import type { Tx } from '../platform/db/tx.js'
import type { Closure } from '../recurrence/index.js'

/** What this room asks of the one that knows bookings; codes, soonest first. The wiring brings them together (S8). */
export interface BookingsOutside {
  /** Bookings ahead that the calendar – all of the site when null – leaves outside as it is in this unit of work. */
  leftOutside(tx: Tx, siteId: string, calendarId: string | null): Promise<string[]>
  /** Those of them that stand in the closure's time. */
  inClosure(tx: Tx, siteId: string, closure: Closure): Promise<string[]>
  /** All bookings ahead of a calendar, deleted or not. */
  ahead(tx: Tx, siteId: string, calendarId: string): Promise<string[]>
}
