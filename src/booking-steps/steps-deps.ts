import type { Bookings } from '../bookings/index.js'
import type { CalendarPages } from '../citizen/index.js'
import type { Clock } from '../kernel/clock.js'
import type { ManagePages } from '../own-booking/index.js'
import type { UnitOfWork } from '../platform/db/unit-of-work.js'
import type { BrowserCookie } from '../platform/http/browser-cookie.js'
import type { KeptAnswers } from '../platform/http/kept-answers.js'
import type { Limits } from '../platform/http/limits.js'
import type { ReadOrigin } from '../platform/http/origin.js'
import type { Secrets } from '../platform/secrets.js'
import type { Availability } from '../seats/index.js'
import type { SiteDirectory } from '../sites/index.js'

/** What the steps of a booking are made of. */
export interface StepsDeps {
  directory: SiteDirectory
  availability: Availability
  bookings: Bookings
  calendarPages: CalendarPages
  /** Shows the booking that has been made. */
  ownPages: ManagePages
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
