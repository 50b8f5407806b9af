import type { Booking, Bookings } from '../bookings/index.js'
import type { Lang } from '../messages/index.js'
import type { Clock } from '../kernel/clock.js'
import type { UnitOfWork } from '../platform/db/unit-of-work.js'
import type { BrowserCookie } from '../platform/http/browser-cookie.js'
import type { KeptAnswers } from '../platform/http/kept-answers.js'
import type { Limits } from '../platform/http/limits.js'
import type { ReadOrigin } from '../platform/http/origin.js'
import type { Secrets } from '../platform/secrets.js'
import type { Availability, Calendars } from '../seats/index.js'
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
export type FindNumber = (booking: Pick<Booking, 'id' | 'siteId'>, lang: Lang) => Promise<OwnNumber | null>

/** What the citizen's pages are made of. */
export interface CitizenDeps {
  directory: SiteDirectory
  availability: Availability
  /** What says when a site is open. */
  calendars: Calendars
  bookings: Bookings
  numberOf: FindNumber
  /** Q1: who checks in so long after the start is late. */
  lateMinutes: number
  unitOfWork: UnitOfWork
  keptAnswers: KeptAnswers
  clock: Clock
  secrets: Secrets
  limits: Limits
  browser: BrowserCookie
  originOf: ReadOrigin
  /** True when citizens reach us over TLS: the draft's cookie gets `Secure` and `__Host-`. */
  secure: boolean
}
