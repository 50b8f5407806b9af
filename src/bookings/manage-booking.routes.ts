import { notFound } from '../kernel/app-error.js'
import type { Api } from '../platform/http/api.js'
import { type Booking, seatsGivenUp } from './booking.js'
import { makeBookingAnswer } from './booking-answer.js'
import { emptyBody, moveBody, tokenParams } from './booking.forms.js'
import type { BookingRoutesDeps } from './route-deps.js'
import type { Bookings } from './actions.js'

/** What the owner of a link may see and do (L1, K7, K8). */
export function addManageRoutes(api: Api, deps: BookingRoutesDeps): void {
  addLinkReads(api, deps)
  addLinkCommands(api, deps)
  addMoveCommand(api, deps)
}

/** @throws not-found, the same for a forged and an unknown token (L2) */
async function bookingBehind(bookings: Bookings, token: string): Promise<Booking> {
  const booking = await bookings.findByToken(token)
  if (!booking) throw notFound()
  return booking
}

function addLinkReads(api: Api, deps: BookingRoutesDeps): void {
  const { bookings, calendarOf } = deps
  const answer = makeBookingAnswer(deps)
  api.add({
    method: 'get',
    path: '/bookings/:token',
    summary: 'The booking behind a link; changes nothing (L1)',
    params: tokenParams,
    answers: { 200: '{ booking }', 404: 'not-found' },
    read: async ({ params }) => answer(await bookingBehind(bookings, params.token)),
  })
  api.add({
    method: 'get',
    path: '/bookings/:token/calendar.ics',
    summary: 'The booking as a calendar entry (L5)',
    params: tokenParams,
    answers: { 200: 'text/calendar', 404: 'not-found' },
    read: async ({ params }) => ({
      status: 200,
      body: await calendarOf(await bookingBehind(bookings, params.token)),
      headers: {
        'Content-Type': 'text/calendar; charset=utf-8',
        'Content-Disposition': 'attachment; filename="prenotazione.ics"',
      },
    }),
  })
}

function addLinkCommands(api: Api, deps: BookingRoutesDeps): void {
  const { bookings } = deps
  const answer = makeBookingAnswer(deps)
  api.add({
    method: 'post',
    path: '/bookings/:token/cancel',
    summary: 'Cancels until the slot starts; again: the same answer (K7)',
    params: tokenParams,
    body: emptyBody,
    answers: { 200: '{ booking }', 404: 'not-found', 409: 'too-late, state' },
    write: async (tx, { params }) => answer(await bookings.cancelBooking(tx, params)),
  })
  api.add({
    method: 'post',
    path: '/bookings/:token/confirm',
    summary: 'Confirms a pending booking by the token of its mail (K4, X2)',
    params: tokenParams,
    body: emptyBody,
    answers: {
      200: '{ booking }',
      403: 'mail-unread: the token is not the mailed one',
      404: 'not-found',
      409: 'too-late, state, slot-full, already-booked, too-many-bookings',
    },
    write: async (tx, { params }) => answer(await bookings.confirmBooking(tx, params)),
  })
}

function addMoveCommand(api: Api, deps: BookingRoutesDeps): void {
  const { bookings, withAlternatives } = deps
  const answer = makeBookingAnswer(deps)
  api.add({
    method: 'post',
    path: '/bookings/:token/move',
    summary: 'Moves to another start at the same site, all or nothing (K8)',
    params: tokenParams,
    body: moveBody,
    answers: {
      200: '{ booking }',
      404: 'not-found',
      409: 'slot-full, too-late, state',
      422: 'not-offered',
      429: 'too-many-moves: the sixth of a day (X5), with Retry-After',
    },
    write: async (tx, { params, body: { start }, lang }) => {
      const wanted = async () => {
        const booking = await bookingBehind(bookings, params.token)
        const insteadOf = { ...seatsGivenUp(booking), except: booking.startsAt }
        return { ...booking, startsAt: start, insteadOf }
      }
      const move = () => bookings.moveBooking(tx, { token: params.token, startsAt: start })
      return answer(await withAlternatives(wanted, lang, move))
    },
  })
}
