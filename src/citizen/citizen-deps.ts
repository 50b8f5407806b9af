import type { Bookings } from '../bookings/index.js'
import type { Clock } from '../kernel/clock.js'
import type { UnitOfWork } from '../platform/db/unit-of-work.js'
import type { BrowserCookie } from '../platform/http/browser-cookie.js'
import type { KeptAnswers } from '../platform/http/kept-answers.js'
import type { Limits } from '../platform/http/limits.js'
import type { ReadOrigin } from '../platform/http/origin.js'
import type { Secrets } from '../platform/secrets.js'
import type { Availability, Calendars } from '../seats/index.js'
import type { SiteDirectory } from '../sites/index.js'
import type { FindNumber } from './own-day.pages.js'

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
