import type { Clock } from '../kernel/clock.js'
import type { BookingMetrics } from '../platform/booking-metrics.js'
import type { EventBus } from '../platform/events.js'
import type { Secrets } from '../platform/secrets.js'
import type { Seats } from '../seats/index.js'
import type { SiteDirectory } from '../sites/index.js'

/** What every action on bookings is made of. */
export interface BookingDeps {
  clock: Clock
  secrets: Secrets
  seats: Seats
  directory: SiteDirectory
  events: EventBus
  metrics: BookingMetrics
  settings: BookingSettings
}

/** X1 */
export interface WaitingLimits {
  perBrowser: number
  perAddress: number
  perNetwork: number
  /** Of a day's seats of a site, in hundredths, and never fewer than `leastOfDay`. */
  dayPercent: number
  leastOfDay: number
}

export interface BookingSettings {
  /** K5: active bookings of one person for one service, over all sites. */
  perPerson: number
  /** K5: active bookings of one mail address. */
  perMail: number
  /** K4 */
  holdMinutes: number
  /** K4, where a site asks for confirmation by mail. */
  pendingMinutes: number
  /** A4 */
  retentionDays: number
  /** `RATE_LIMITS`: off lifts what follows. */
  rateLimits: boolean
  /** X1: seats held, and apart from them seats of pending bookings. */
  waiting: WaitingLimits
  /** X2: confirmed bookings from one address; beyond, they are pending. */
  confirmed: { perHour: number; perDay: number; inventablePerHour: number }
  /** X5: moves of one booking by its link, each local day. */
  movesPerDay: number
}

/** A4: how long after its day a booking still says who came; the pages about it say the same number. */
export const RETENTION_DAYS = 90

export const BOOKING_SETTINGS: BookingSettings = {
  perPerson: 1,
  perMail: 5,
  holdMinutes: 10,
  pendingMinutes: 30,
  retentionDays: RETENTION_DAYS,
  rateLimits: true,
  waiting: { perBrowser: 3, perAddress: 10, perNetwork: 40, dayPercent: 30, leastOfDay: 5 },
  confirmed: { perHour: 6, perDay: 20, inventablePerHour: 2 },
  movesPerDay: 5,
}

export const VISITOR = 'visitor'
