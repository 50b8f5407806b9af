import type { DataSource } from 'typeorm'
import { notAllowed, notFound } from '../kernel/app-error.js'
import type { Api } from '../platform/http/api.js'
import type { ApiInput } from '../platform/http/operation.js'
import { messagesOf } from '../platform/mail/messages.store.js'
import { type Permit, siteOfPath, staffOf } from '../access/index.js'
import { tokenSecret } from './booking-link.js'
import { BookingStore } from './booking.store.js'
import { deskBooking, deskMessages, publicBooking } from './booking.pages.js'
import type { BookingRoutesDeps } from './route-deps.js'
import type { Booking } from './booking.js'
import {
  closureParams,
  type CodeParams,
  codeParams,
  dayQuery,
  type DeskBookingBody,
  deskBookingBody,
  deskCancelBody,
  resolveBody,
} from './desk.forms.js'
import { type SiteParams, siteParams } from '../platform/http/fields.js'

export interface DeskRoutesDeps extends BookingRoutesDeps {
  permit: Permit
  dataSource: DataSource
}

/** Bookings as staff see and change them (K10), and what becomes of those in a closure (S8). */
export function addDeskRoutes(api: Api, deps: DeskRoutesDeps): void {
  addDayRoute(api, deps)
  addBookRoute(api, deps)
  addCancelRoute(api, deps)
  const { permit, bookings, clock, directory } = deps
  api.add({
    method: 'post',
    path: '/sites/:site/closures/:id/resolve',
    summary: 'Cancels the bookings in a closure’s time with a mail each, or offers each a move (S8)',
    params: closureParams,
    body: resolveBody,
    answers: { 200: '{ bookings: [{ code, status }] }', 404: 'unknown-closure' },
    before: permit('calendars:manage', siteOfPath),
    write: async (tx, { params, body: { action }, req }) => {
      const { timeZone } = await directory.site(params.site)
      const command = { siteId: params.site, closureId: params.id, action, who: staffOf(req).username }
      const resolved = await bookings.resolveClosure(tx, command)
      return {
        status: 200,
        body: { bookings: resolved.map((booking) => deskBooking(booking, { timeZone, now: clock() })) },
      }
    },
  })
}

function addDayRoute(api: Api, { permit, dataSource, directory, clock }: DeskRoutesDeps): void {
  const store = new BookingStore(dataSource.manager)
  api.add({
    method: 'get',
    path: '/sites/:site/bookings',
    summary: 'What is booked for a day',
    params: siteParams,
    query: dayQuery,
    answers: {
      200: '{ bookings: [{ code, site, service, start, end, persons, people, status, visitor, notes, messages: [{ kind, channel, state, cause, at }] }] }',
      404: 'unknown-site',
    },
    before: permit('bookings:see', siteOfPath),
    read: async ({ params: { site }, query: { date } }) => {
      const { timeZone } = await directory.site(site)
      const found = await store.ofDay(site, date)
      const messages = await messagesOf(
        dataSource.manager,
        found.map(({ id }) => id),
      )
      const bookings = found.map((booking) => ({
        ...deskBooking(booking, { timeZone, now: clock() }),
        messages: deskMessages(messages.get(booking.id), timeZone),
      }))
      return { status: 200, body: { bookings } }
    },
  })
}

function addBookRoute(
  api: Api,
  { permit, bookings, withAlternatives, directory, secrets, baseUrl, clock }: DeskRoutesDeps,
): void {
  api.add({
    method: 'post',
    path: '/sites/:site/bookings',
    summary: 'Books on behalf of a visitor; with a reason beyond K5 and S6, never beyond K1 (K10)',
    params: siteParams,
    body: deskBookingBody,
    answers: {
      201: '{ booking: { code, token, site, service, start, end, persons, people: [{ firstName, matter }], status, manageUrl } }',
      409: 'slot-full, already-booked, too-many-bookings',
      422: 'invalid, not-eligible, not-offered',
    },
    before: permit('bookings:change', siteOfPath),
    write: async (
      tx,
      { params: { site: siteId }, body, lang, req }: ApiInput<SiteParams, unknown, DeskBookingBody>,
    ) => {
      if (body.site !== undefined && body.site !== siteId) {
        throw notAllowed('invalid', { errors: [{ field: 'site', code: 'unknown-site' }] })
      }
      const { timeZone } = await directory.site(siteId)
      const seat = { siteId, serviceId: body.service, startsAt: body.start, persons: body.persons }
      const staff = { who: staffOf(req).username, reason: body.reason ?? null }
      const { visitor, notes, matter = null } = body
      const command = { seat, visitor, notes, matter, lang, staff }
      const wanted = async () => seat
      const booking = await withAlternatives(wanted, lang, () => bookings.bookSlot(tx, command))
      return {
        status: 201,
        body: { booking: publicBooking(booking, { secrets, baseUrl, timeZone, now: clock() }) },
        secrets: [tokenSecret(booking)],
      }
    },
  })
}

function addCancelRoute(api: Api, { permit, bookings, directory, clock }: DeskRoutesDeps): void {
  api.add({
    method: 'post',
    path: '/sites/:site/bookings/:code/cancel',
    summary: 'Cancels for the visitor, with a reason, until the slot starts; again: the same answer',
    params: codeParams,
    body: deskCancelBody,
    answers: { 200: '{ booking }', 404: 'not-found', 409: 'too-late, state' },
    before: permit('bookings:change', siteOfPath),
    write: async (
      tx,
      { params: { site: siteId, code }, body: { reason }, req }: ApiInput<CodeParams, unknown, { reason: string }>,
    ) => {
      const { timeZone } = await directory.site(siteId)
      const found = await new BookingStore(tx.em).findByCode(code)
      if (found?.siteId !== siteId) throw notFound()
      const is: Booking = await bookings.cancelFor(tx, { booking: found, who: staffOf(req).username, reason })
      return { status: 200, body: { booking: deskBooking(is, { timeZone, now: clock() }) } }
    },
  })
}
