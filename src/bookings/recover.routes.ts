import { translator } from '../messages/index.js'
import type { Api } from '../platform/http/api.js'
import { recoveryBody } from './recover.forms.js'
import type { BookingRoutesDeps } from './route-deps.js'

/** What was found must not show in how long it took: longer than the work ever takes on a machine that is well. */
export const RECOVERY_TAKES_MS = 700

/** «Ritrova la prenotazione» of the contract (C3). */
export function addRecoveryRoute(api: Api, { bookings }: Pick<BookingRoutesDeps, 'bookings'>): void {
  api.add({
    method: 'post',
    path: '/recoveries',
    summary: 'Sends the links of what is active at an address there, if anything is (C3)',
    body: recoveryBody,
    limit: 'recover',
    takesMs: RECOVERY_TAKES_MS,
    answers: { 202: '{ message }: the same words for everybody', 422: 'invalid', 429: 'too-many-requests' },
    write: async (tx, { body: { email }, lang }) => {
      // A number alone: no message goes out to phones yet.
      if (email !== undefined) await bookings.recoverBookings(tx, { email })
      return { status: 202, body: { message: translator(lang)('citizen.recover.sent.text') } }
    },
  })
}
