import type { Booking, Bookings } from '../bookings/index.js'
import type { CalendarPages } from '../citizen/index.js'
import type { Clock } from '../kernel/clock.js'
import type { MatterDirectory } from '../matters/index.js'
import type { Lang } from '../messages/index.js'
import type { UnitOfWork } from '../platform/db/unit-of-work.js'
import type { Limits } from '../platform/http/limits.js'
import type { Secrets } from '../platform/secrets.js'
import type { Calendars } from '../seats/index.js'
import type { SiteDirectory } from '../sites/index.js'
import type { TicketState } from './own-day.js'

/** A booking's number of today, in words; the queue's own page says the same. */
export interface OwnNumber {
  number: string
  status: TicketState
  heading: string
  text: string
  /** How many are before it, and how long it may take; null when it does not wait. */
  ahead: string | null
  wait: string | null
  /** Of the page that follows it. */
  path: string
}

/** Finds the number that a booking has today; null when it has none. Changes nothing. */
type FindNumber = (booking: Pick<Booking, 'id' | 'siteId'>, lang: Lang) => Promise<OwnNumber | null>

/** What the pages of one's own booking are made of. */
export interface OwnBookingDeps {
  directory: SiteDirectory
  matters: MatterDirectory
  /** What says when a site is open. */
  calendars: Calendars
  bookings: Bookings
  calendarPages: CalendarPages
  numberOf: FindNumber
  /** Q1: who checks in so long after the start is late. */
  lateMinutes: number
  unitOfWork: UnitOfWork
  clock: Clock
  secrets: Secrets
  limits: Limits
}
