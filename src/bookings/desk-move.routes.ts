import { forbidden, mayAt, siteOfPath, staffOf } from '../access/index.js'
import { notFound } from '../kernel/app-error.js'
import type { Api } from '../platform/http/api.js'
import type { ApiInput } from '../platform/http/operation.js'
import { seatsGivenUp } from './booking.js'
import { deskBooking } from './booking.pages.js'
import { BookingStore } from './booking.store.js'
import { type CodeParams, codeParams, type DeskMoveBody, deskMoveBody } from './desk.forms.js'
import type { DeskRoutesDeps } from './desk.routes.js'

const CHANGE = 'bookings:change'

/** K8 at the desk: who works at both sites may also send people from one to the other. */
export function addDeskMoveRoute(api: Api, deps: DeskRoutesDeps): void {
  const { permit, bookings, withAlternatives, directory, clock } = deps
  api.add({
    method: 'post',
    path: '/sites/:site/bookings/:code/move',
    summary:
      'Moves for the visitor to another start or site, all or nothing; with a reason beyond S6, never K1 (K8, K10)',
    params: codeParams,
    body: deskMoveBody,
    answers: {
      200: '{ booking }',
      404: 'not-found',
      409: 'slot-full with alternatives, too-late, state',
      422: 'not-offered',
    },
    before: permit(CHANGE, siteOfPath),
    write: async (tx, { params: { site, code }, body, lang, req }: ApiInput<CodeParams, unknown, DeskMoveBody>) => {
      const { start: startsAt, site: siteId = site, reason = null } = body
      const staff = staffOf(req)
      if (!mayAt(staff, CHANGE, siteId)) throw forbidden()
      const booking = await new BookingStore(tx.em).findByCode(code)
      if (booking?.siteId !== site) throw notFound()
      const insteadOf = { ...seatsGivenUp(booking), except: booking.startsAt }
      const wanted = async () => ({ ...booking, siteId, startsAt, insteadOf })
      const move = () => bookings.moveFor(tx, { booking, startsAt, siteId, who: staff.username, reason })
      const is = await withAlternatives(wanted, lang, move)
      const { timeZone } = await directory.site(is.siteId)
      return { status: 200, body: { booking: deskBooking(is, { timeZone, now: clock() }) } }
    },
  })
}
