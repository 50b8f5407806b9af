import type { LocalDay } from '../kernel/local-day.js'
import type { Month } from './month-grid.js'

/** What a calendar is shown for: a new booking, or one that moves. */
export interface CalendarQuery {
  siteId: string
  serviceId: string
  timeZone: string
  persons: number
  /** What the address asks for; null where it asks for nothing. */
  month: Month | null
  day: LocalDay | null
  /** The start that is the asker's already and what to call it: a held one may be chosen again, a booked one not. */
  own: { startsAt: Date; text: string; mayChoose: boolean } | null
  /** The start chosen in a form that is shown again. */
  chosen: string | null
}
