import { zonedIso } from '../kernel/local-day.js'
import type { MessageFacts } from '../platform/mail/message.shape.js'
import type { Secrets } from '../platform/secrets.js'
import { bookingToken } from './booking-link.js'
import { type Booking, statusNow } from './booking.js'
import type { BookedPerson, DeskBooking, PublicBooking } from './booking.shape.js'

/** The page behind the mailed link. */
export const manageUrl = (baseUrl: string, token: string): string => `${baseUrl}/prenotazione/${token}`

interface View {
  secrets: Secrets
  baseUrl: string
  timeZone: string
  now: Date
}

const peopleOf = ({ firstName, matterId, persons }: Booking): BookedPerson[] => [
  { firstName: firstName ?? '', matter: matterId },
  ...Array.from({ length: persons - 1 }, () => ({ firstName: '', matter: null })),
]

export function publicBooking(booking: Booking, { secrets, baseUrl, timeZone, now }: View): PublicBooking {
  const token = bookingToken(secrets, booking)
  return {
    code: booking.code ?? '',
    token,
    site: booking.siteId,
    service: booking.serviceId,
    start: zonedIso(booking.startsAt, timeZone),
    end: zonedIso(booking.endsAt, timeZone),
    persons: booking.persons,
    people: peopleOf(booking),
    status: statusNow(booking, now),
    manageUrl: manageUrl(baseUrl, token),
  }
}

export function deskBooking(booking: Booking, { timeZone, now }: Pick<View, 'timeZone' | 'now'>): DeskBooking {
  const { firstName, lastName, email, phone, notes } = booking
  return {
    code: booking.code ?? '',
    site: booking.siteId,
    service: booking.serviceId,
    start: zonedIso(booking.startsAt, timeZone),
    end: zonedIso(booking.endsAt, timeZone),
    persons: booking.persons,
    people: peopleOf(booking),
    status: statusNow(booking, now),
    visitor: { firstName, lastName, email, phone },
    notes,
  }
}

/** One mail about a booking: what has become of it, why, and when (L4). */
type DeskMessage = MessageFacts<string>

export const deskMessages = (messages: readonly MessageFacts[] | undefined, timeZone: string): DeskMessage[] =>
  (messages ?? []).map((message) => ({ ...message, at: zonedIso(message.at, timeZone) }))
