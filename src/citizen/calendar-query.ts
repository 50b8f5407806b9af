import type { LocalDay } from '../kernel/local-day.js'
import type { Lang } from '../messages/index.js'
import type { GivenUp, SeatQuery } from '../seats/index.js'
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
  /**
   * The start that is the asker's already, its seats – free for the asker – and what to call it: a held one may be
   * chosen again, a booked one not.
   */
  own: { startsAt: Date; text: string; mayChoose: boolean; seats: GivenUp } | null
  /** The start chosen in a form that is shown again. */
  chosen: string | null
}

/** What seats there are for this asker. */
export function seatQuery({ siteId, serviceId, persons, own }: CalendarQuery, lang: Lang): SeatQuery {
  const asked = { siteId, serviceId, persons, lang }
  if (!own) return asked
  return { ...asked, insteadOf: own.mayChoose ? own.seats : { ...own.seats, except: own.startsAt } }
}
