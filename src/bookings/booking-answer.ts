import type { Clock } from '../kernel/clock.js'
import type { Answer } from '../platform/http/kept-answers.js'
import type { Secrets } from '../platform/secrets.js'
import type { SiteDirectory } from '../sites/index.js'
import type { Booking } from './booking.js'
import { tokenSecret } from './booking-link.js'
import { publicBooking } from './booking.pages.js'

interface Deps {
  secrets: Secrets
  baseUrl: string
  directory: SiteDirectory
  clock: Clock
}

/** `{ booking }` for its owner; status 201 for a new one. Its token is named, so that no kept copy holds it (L1). */
export const makeBookingAnswer =
  ({ secrets, baseUrl, directory, clock }: Deps) =>
  async (booking: Booking, status = 200): Promise<Answer> => {
    const { timeZone } = await directory.site(booking.siteId)
    const body = { booking: publicBooking(booking, { secrets, baseUrl, timeZone, now: clock() }) }
    return { status, body, secrets: [tokenSecret(booking)] }
  }
