import type { Clock } from '../kernel/clock.js'
import type { Limits } from '../platform/http/limits.js'
import type { ReadOrigin } from '../platform/http/origin.js'
import type { Secrets } from '../platform/secrets.js'
import type { SiteDirectory } from '../sites/index.js'
import type { Bookings } from './actions.js'
import type { WithAlternatives } from './alternatives.js'
import type { Booking } from './booking.js'

export interface BookingRoutesDeps {
  bookings: Bookings
  withAlternatives: WithAlternatives
  directory: SiteDirectory
  secrets: Secrets
  limits: Limits
  originOf: ReadOrigin
  clock: Clock
  baseUrl: string
  /** The `.ics` of a booking; the notices room writes it. */
  calendarOf: (booking: Booking) => Promise<string>
}
