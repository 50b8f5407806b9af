import { zonedIso } from '../kernel/local-day.js'
import type { Api } from '../platform/http/api.js'
import { attemptKey } from './attempt-key.js'
import { makeBookingAnswer } from './booking-answer.js'
import { bookingBody, type HoldBody, holdBody, holdParams } from './booking.forms.js'
import { addContactRoute } from './contact.routes.js'
import type { SlotChoice } from './hold-slot.js'
import { addManageRoutes } from './manage-booking.routes.js'
import { addRecoveryRoute } from './recover.routes.js'
import type { BookingRoutesDeps } from './route-deps.js'

const choiceOf = ({ site, service, start, persons }: HoldBody): SlotChoice => ({
  siteId: site,
  serviceId: service,
  startsAt: start,
  persons,
})

/** Public bookings of contract.md. */
export function addBookingRoutes(api: Api, deps: BookingRoutesDeps): void {
  addHoldRoutes(api, deps)
  addBookRoute(api, deps)
  addManageRoutes(api, deps)
  addRecoveryRoute(api, deps)
  addContactRoute(api, deps)
}

function addHoldRoutes(api: Api, { bookings, withAlternatives, directory, originOf }: BookingRoutesDeps): void {
  api.add({
    method: 'post',
    path: '/holds',
    summary: 'Keeps seats for ten minutes (K4)',
    body: holdBody,
    limit: 'hold',
    answers: {
      201: '{ hold, start, end, expiresAt }',
      409: 'slot-full with alternatives',
      422: 'not-offered',
      429: 'too-many-holds (X1), too-many-requests, with Retry-After',
    },
    write: async (tx, { body, lang, req }) => {
      const [choice, origin] = [choiceOf(body), originOf(req)]
      const wanted = async () => choice
      const { booking, hold } = await withAlternatives(wanted, lang, () =>
        bookings.holdSlot(tx, { ...choice, lang, origin }),
      )
      const { timeZone } = await directory.site(booking.siteId)
      const iso = (at: Date | null) => at && zonedIso(at, timeZone)
      return {
        status: 201,
        body: { hold, start: iso(booking.startsAt), end: iso(booking.endsAt), expiresAt: iso(booking.expiresAt) },
        secrets: [{ kind: 'hold', id: booking.id }],
      }
    },
  })
  api.add({
    method: 'delete',
    path: '/holds/:hold',
    summary: 'Lets a hold go',
    params: holdParams,
    answers: { 204: 'gone', 404: 'not-found', 409: 'state' },
    write: async (tx, { params }) => {
      await bookings.releaseHold(tx, params)
      return { status: 204 }
    },
  })
}

function addBookRoute(api: Api, deps: BookingRoutesDeps): void {
  const { bookings, withAlternatives, limits, secrets, originOf } = deps
  const answer = makeBookingAnswer(deps)
  api.add({
    method: 'post',
    path: '/bookings',
    summary: 'Books held seats, or a slot at once (K1–K6)',
    body: bookingBody,
    answers: {
      201: '{ booking: { code, token, site, service, start, end, persons, people: [{ firstName, matter }], status, manageUrl } }',
      409: 'slot-full, already-booked, too-many-bookings, hold-expired',
      422: 'invalid, not-eligible, contact-required (C1), not-offered, idempotency-key-reused',
    },
    prepare: ({ body, req }) => limits.spend('personFrom', attemptKey(secrets, body.visitor.taxCode, req.ip)),
    write: async (tx, { body, lang, req }) => {
      const { hold, site, service, start, persons = 1 } = body
      const direct = site && service && start ? choiceOf({ site, service, start, persons }) : null
      const seat = direct ?? { hold: hold ?? '' }
      const wanted = async () => direct ?? bookings.findHold(hold ?? '')
      const { visitor, notes, matter = null } = body
      const command = { seat, visitor, notes, matter, lang, origin: originOf(req) }
      return answer(await withAlternatives(wanted, lang, () => bookings.bookSlot(tx, command)), 201)
    },
  })
}
