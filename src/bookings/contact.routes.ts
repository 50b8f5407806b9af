import { notFound } from '../kernel/app-error.js'
import type { Api } from '../platform/http/api.js'
import type { ApiInput } from '../platform/http/operation.js'
import { siteOfPath, staffOf } from '../access/index.js'
import { makeBookingAnswer } from './booking-answer.js'
import { tokenParams } from './booking.forms.js'
import { deskBooking } from './booking.pages.js'
import { BookingStore } from './booking.store.js'
import { contactBody, type DeskContactBody, deskContactBody } from './contact.forms.js'
import { type CodeParams, codeParams } from './desk.forms.js'
import type { DeskRoutesDeps } from './desk.routes.js'
import type { BookingRoutesDeps } from './route-deps.js'

/** A wrong address is put right by the browser that booked (C4). */
export function addContactRoute(api: Api, deps: BookingRoutesDeps): void {
  const { bookings, originOf } = deps
  const answer = makeBookingAnswer(deps)
  api.add({
    method: 'post',
    path: '/bookings/:token/contact',
    summary: 'Another address or number, by the browser that booked, for 30 minutes; the token is new (C4)',
    params: tokenParams,
    body: contactBody,
    answers: {
      200: '{ booking } with a new token: the one before opens nothing any more',
      403: 'other-browser',
      404: 'not-found',
      409: 'too-late, state, too-many-bookings',
      422: 'invalid, contact-required',
    },
    write: async (tx, { params: { token }, body, req }) =>
      answer(await bookings.correctContact(tx, { token, contact: body, origin: originOf(req) })),
  })
}

/** The same at the desk, after looking at a document (C4, K10): whoever has the new link read it in the mail. */
export function addDeskContactRoute(api: Api, { permit, bookings, directory, clock }: DeskRoutesDeps): void {
  api.add({
    method: 'post',
    path: '/sites/:site/bookings/:code/contact',
    summary: 'Another address or number for the visitor, with a reason; the link is made anew and mailed there (C4)',
    params: codeParams,
    body: deskContactBody,
    answers: { 200: '{ booking }', 404: 'not-found', 409: 'too-late, state', 422: 'invalid' },
    before: permit('bookings:change', siteOfPath),
    write: async (
      tx,
      { params: { site: siteId, code }, body, req }: ApiInput<CodeParams, unknown, DeskContactBody>,
    ) => {
      const { timeZone } = await directory.site(siteId)
      const found = await new BookingStore(tx.em).findByCode(code)
      if (found?.siteId !== siteId) throw notFound()
      const { reason, ...contact } = body
      const who = staffOf(req).username
      const is = await bookings.correctContactFor(tx, { booking: found, contact, who, reason })
      return { status: 200, body: { booking: deskBooking(is, { timeZone, now: clock() }) } }
    },
  })
}
