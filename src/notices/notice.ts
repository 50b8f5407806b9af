import type { Booking } from '../bookings/index.js'
import type { Service, Site } from '../sites/index.js'

/** Events of a booking that mail (L3, K5, S8). */
export const NOTICE_KINDS = [
  'confirmed',
  'pending',
  'moved',
  'cancelled',
  'closed-by-site',
  'move-offered',
  'reminder',
  'link-again',
] as const
export type NoticeKind = (typeof NOTICE_KINDS)[number]

export const isNoticeKind = (kind: string): kind is NoticeKind => NOTICE_KINDS.some((known) => known === kind)

/** What a notice tells of, and the addresses it needs. */
export interface NoticeFacts {
  kind: NoticeKind
  booking: Booking
  /** X6: somebody has acted by a link that was mailed to its address. */
  isProven: boolean
  site: Site
  service: Service
  /** The booking's secret page (L1). */
  link: string
  /** Where to book again. */
  bookUrl: string
  /** Why the site is closed at that time, where citizens may read it (C6); null for every other kind. */
  closureReason: string | null
  now: Date
}
