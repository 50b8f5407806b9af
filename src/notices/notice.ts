import { type Booking, BOOKING_MAILS, type BookingMail } from '../bookings/index.js'
import type { Matter } from '../matters/index.js'
import type { Service, Site } from '../sites/index.js'

export const isNoticeKind = (kind: string): kind is BookingMail => BOOKING_MAILS.some((known) => known === kind)

/** What a notice tells of, and the addresses it needs. */
export interface NoticeFacts {
  kind: BookingMail
  booking: Booking
  /** X6: somebody has acted by a link that was mailed to its address. */
  isProven: boolean
  site: Site
  service: Service
  /** Null when nobody has said what they come for. */
  matter: Matter | null
  /** The booking's secret page (L1). */
  link: string
  /** Where to book again. */
  bookUrl: string
  /** Why the site is closed at that time, where citizens may read it (C6); null for every other kind. */
  closureReason: string | null
  now: Date
}
