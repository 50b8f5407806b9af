import type { Booking } from '../bookings/index.js'
import type { House } from '../platform/house.js'
import { readMailFrom } from '../platform/mail/mail-from.js'
import type { SitesRoom } from '../sites/index.js'
import { bookingCalendar } from './booking-calendar.js'

/** The `.ics` of a booking, for whoever asks by its link (L5). */
export function makeCalendarOf({ config, clock }: Pick<House, 'config' | 'clock'>, { directory }: SitesRoom) {
  const organizer = readMailFrom(config.mailFrom)
  return async (booking: Booking): Promise<string> =>
    bookingCalendar({ booking, site: await directory.site(booking.siteId), now: clock(), organizer }).text
}
