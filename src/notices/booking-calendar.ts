import ical, { ICalCalendarMethod, ICalEventClass, ICalEventStatus } from 'ical-generator'
import { type Booking, type BookingStatus, statusNow } from '../bookings/index.js'
import { translator } from '../messages/index.js'
import type { MailCalendar } from '../platform/mail/mail.js'
import type { MailFrom } from '../platform/mail/mail-from.js'
import type { Site } from '../sites/index.js'

interface Entry {
  booking: Booking
  site: Site
  /** Becomes DTSTAMP. */
  now: Date
  /** RFC 5546 wants one; it is the sender of our mails. */
  organizer: MailFrom
}

const GONE: readonly BookingStatus[] = ['cancelled', 'expired']

/**
 * The booking as a calendar entry (L5). PUBLISH rather than REQUEST: nobody is to answer "no" to an address that nobody
 * reads and believe to have cancelled. Times in UTC, so that no calendar can be wrong about a clock change (case D15). Neither
 * the service nor the secret link is in it, because calendars are synchronised and shared.
 */
export function bookingCalendar({ booking, site, now, organizer }: Entry): MailCalendar {
  const t = translator(booking.lang)
  const status = statusNow(booking, now)
  const isGone = GONE.includes(status)
  const method = isGone ? 'CANCEL' : 'PUBLISH'
  const calendar = ical({ prodId: '//Turno//Turno//IT', method: ICalCalendarMethod[method] })
  calendar.createEvent({
    id: `${booking.id}@turno`,
    sequence: booking.sequence,
    stamp: now,
    start: booking.startsAt,
    end: booking.endsAt,
    summary: t(status === 'pending' ? 'mail.calendar.summaryPending' : 'mail.calendar.summary'),
    description: isGone ? null : t('mail.calendar.description', { code: booking.code ?? '' }),
    location: `${site.name}, ${site.address}`,
    status: eventStatus(status, isGone),
    class: ICalEventClass.PRIVATE,
    organizer: { name: organizer.name || organizer.address, email: organizer.address },
  })
  return { method, text: `${calendar.toString()}\r\n`, filename: t('mail.calendar.filename') }
}

function eventStatus(status: BookingStatus, isGone: boolean): ICalEventStatus {
  if (isGone) return ICalEventStatus.CANCELLED
  return status === 'pending' ? ICalEventStatus.TENTATIVE : ICalEventStatus.CONFIRMED
}
