import { eachVisitorField, type VisitorField } from '../kernel/visitor-fields.js'
import { type GivenUp, type Span, stretches } from '../seats/index.js'
import type { TaxCodeKind } from '../visitors/index.js'
import type { BookingStatus } from './booking.shape.js'

/** What the visitor has given, as it is kept: the tax code rests sealed. */
type Kept = Record<Exclude<VisitorField, 'taxCode'>, string | null>

/** A prenotazione; while it is `held` it is a seat without a person. */
export interface Booking extends Kept {
  id: string
  /** What people read out: 8 characters without look-alikes; null while held. */
  code: string | null
  tokenHash: string
  /** C4: how often the link was made anew; its token is derived from this. */
  linkTurn: number
  holdHash: string | null
  siteId: string
  serviceId: string
  calendarId: string
  startsAt: Date
  endsAt: Date
  /** Local day of the start at the site. */
  onDay: string
  /** With `slotCount`: which slots' seats are taken, whatever has become of the calendar since. */
  slotMinutes: number
  slotCount: number
  persons: number
  status: BookingStatus
  /** Until when `held` and `pending` count; null otherwise. */
  expiresAt: Date | null
  /** Grows with every change that calendars must learn of (L5). */
  sequence: number
  lang: 'it' | 'en'
  /** K5's key of the address. */
  emailKey: string | null
  taxCodeSealed: string | null
  personHash: string | null
  notes: string | null
  /** M1: what the contact comes for; null: not said. */
  matterId: string | null
  /** X1, X2: where it came from, as keyed hashes; null when staff made it. */
  browserHash: string | null
  addressHash: string | null
  networkHash: string | null
  /** X2: codes of which anybody can invent one count apart. */
  taxCodeKind: TaxCodeKind | null
  createdAt: Date
  bookedAt: Date | null
  /** When it became certain, at once or by the mail's link. */
  confirmedAt: Date | null
  /** When somebody acted who had read a mail of ours: from then on the address is the person's (X6). */
  provenAt: Date | null
}

/** The slots whose seats a booking has taken, as they were when it was made. */
export const slotSpans = ({
  startsAt,
  slotMinutes,
  slotCount,
}: Pick<Booking, 'startsAt' | 'slotMinutes' | 'slotCount'>): Span[] => stretches(startsAt, slotMinutes, slotCount)

/** The seats of who wants another start instead (K8). */
export const seatsGivenUp = (booking: Booking): GivenUp => ({
  siteId: booking.siteId,
  calendarId: booking.calendarId,
  spans: slotSpans(booking),
})

/** The status as everybody may see it: past its time a hold counts for nothing, without waiting for a job (K4). */
export const statusNow = ({ status, expiresAt }: Pick<Booking, 'status' | 'expiresAt'>, now: Date): BookingStatus =>
  (status === 'held' || status === 'pending') && expiresAt !== null && expiresAt <= now ? 'expired' : status

/** What tells where a booking came from; gone with its hold, or with the person. */
export const NOWHERE = { browserHash: null, addressHash: null, networkHash: null } as const

const { taxCode: _sealed, ...nothingKept } = eachVisitorField(() => null)

/** A booking without a person: while it is only held, and again after the time of retention (A4). */
export const NOBODY = {
  ...nothingKept,
  emailKey: null,
  taxCodeSealed: null,
  personHash: null,
  notes: null,
  matterId: null,
  taxCodeKind: null,
  ...NOWHERE,
} as const
