import { type Booking, type BookingMail, type BookingStatus, statusNow } from '../bookings/index.js'

type Facts = Pick<Booking, 'status' | 'expiresAt' | 'sequence' | 'startsAt' | 'endsAt' | 'onDay'>

/** What a mail was to tell: `occurrence` is the booking's sequence, or a local day. */
interface Told {
  kind: BookingMail
  occurrence: string
}

/** In which states of the booking a mail of this kind still says the truth. */
const TRUE_IN: Record<BookingMail, readonly BookingStatus[]> = {
  confirmed: ['confirmed'],
  pending: ['pending'],
  moved: ['confirmed', 'pending'],
  cancelled: ['cancelled'],
  'closed-by-site': ['cancelled'],
  'move-offered': ['confirmed', 'pending'],
  reminder: ['confirmed'],
  'link-again': ['confirmed', 'pending'],
  'found-again': ['confirmed', 'pending'],
}

/** These tell of one change, numbered by the booking's sequence: a later change has a mail of its own. */
const OF_ONE_CHANGE: readonly BookingMail[] = ['confirmed', 'pending', 'moved', 'move-offered']

/** L4: whether a mail that waited still says what is so. No "confirmed" after "cancelled", no old hour after a move. */
export function isStillTrue({ kind, occurrence }: Told, booking: Facts, now: Date): boolean {
  const status = statusNow(booking, now)
  if (!TRUE_IN[kind].includes(status)) return false
  if (status === 'cancelled') return true
  if (kind === 'reminder') return booking.startsAt > now && occurrence === booking.onDay
  if (OF_ONE_CHANGE.includes(kind) && Number(occurrence) < booking.sequence) return false
  return booking.endsAt > now
}
