import type { Api } from '../platform/http/api.js'
import type { Answer } from '../platform/http/kept-answers.js'
import type { Tx } from '../platform/db/tx.js'
import { actorOf, forbidden, mayAt, siteOfPath } from '../access/index.js'
import { checkInBody, walkInBody } from './queue.forms.js'
import { siteParams } from '../platform/http/fields.js'
import { issuedTicket } from './queue.pages.js'
import { makeKioskPace } from './kiosk-pace.js'
import { type QueueRouteDeps, whoOf } from './route-deps.js'
import type { Ticket } from './ticket.js'
import type { TicketStatus } from './queue.shape.js'

/** Arrivals of contract.md: only kiosks and staff draw numbers (W6). */
export function addArrivalRoutes(api: Api, deps: QueueRouteDeps): void {
  addCheckInRoute(api, deps)
  addWalkInRoute(api, deps)
  addWalkInsNowRoute(api, deps)
}

function addCheckInRoute(api: Api, deps: QueueRouteDeps): void {
  const { queue, permit } = deps
  const answer = makeAnswer(deps)
  const pace = makeKioskPace(deps)
  api.add({
    method: 'post',
    path: '/sites/:site/check-ins',
    summary: 'Who has a booking arrives; again: the same ticket with 200, also after a missed call (W1)',
    params: siteParams,
    body: checkInBody,
    limit: 'staff',
    answers: {
      201: '{ ticket: { id, token, number, lane, status, class, position, waitMinutes }, found }; found: missed or left before',
      404: 'not-found',
      409: 'state: the visit is over',
      422: 'wrong-day, wrong-site, not-active, outside-window with opensAt (kiosks, after closing)',
      429: 'too-many-requests: one kiosk draws 240 numbers a minute; after five wrong codes it waits for each',
    },
    before: permit('check-in', siteOfPath),
    prepare: async ({ req, body }) => {
      await pace.draw(req)
      await pace.tryCode(req, body.code)
    },
    write: async (tx, { params, body, req }) => {
      const { code: key } = body
      const isStaff = actorOf(req).kind === 'staff'
      const work = queue.checkIn(tx, { siteId: params.site, key, who: whoOf(req), isStaff })
      const { ticket, isNew, found } = await pace.judge(work, { req, key })
      return answer(tx, ticket, { status: isNew ? 201 : 200, found })
    },
  })
}

function addWalkInRoute(api: Api, deps: QueueRouteDeps): void {
  const { queue, permit } = deps
  const answer = makeAnswer(deps)
  api.add({
    method: 'post',
    path: '/sites/:site/walk-ins',
    summary: 'Draws a number without a booking (W2–W5)',
    params: siteParams,
    body: walkInBody,
    limit: 'staff',
    answers: {
      201: '{ ticket: { id, token, number, lane, status, position, waitMinutes } }',
      403: 'forbidden: urgent and override are for staff',
      422: 'not-offered, outside-window with opensAt, quota-reached, newborn-tax-code-required, not-a-newborn',
      429: 'too-many-requests: one kiosk draws 240 numbers a minute',
    },
    before: permit('walk-in', siteOfPath),
    prepare: ({ req }) => makeKioskPace(deps).draw(req),
    write: async (tx, { params: { site }, body, req }) => {
      const { service, newbornTaxCode, senior, urgent, override } = body
      if ((urgent || override) && !mayAt(actorOf(req), 'walk-in:override', site)) throw forbidden()
      const who = whoOf(req)
      const command = { siteId: site, serviceId: service, newbornTaxCode, isSenior: senior, urgent, override, who }
      return answer(tx, await queue.issueTicket(tx, command), { status: 201 })
    },
  })
}

/** Not public: asking it is also how a kiosk learns that it is no longer paired. */
function addWalkInsNowRoute(api: Api, { queue, permit }: QueueRouteDeps): void {
  api.add({
    method: 'get',
    path: '/sites/:site/walk-ins',
    summary: 'What numbers are given for without a booking now, and when next (W3)',
    params: siteParams,
    limit: 'staff',
    answers: { 200: '{ at, services: [{ id, lane, seniorFirst, open, reason, opensAt }] }', 404: 'unknown-site' },
    before: permit('walk-in', siteOfPath),
    read: async ({ params }) => ({ status: 200, body: await queue.walkInsNow(params.site) }),
  })
}

interface Given {
  status: number
  /** What had become of the person's ticket before (W1). */
  found?: TicketStatus | null
}

const makeAnswer =
  ({ reader, secrets }: QueueRouteDeps) =>
  async (tx: Tx, ticket: Ticket, { status, ...more }: Given): Promise<Answer> => {
    const facts = await reader.inside(tx, ticket.siteId)
    const token = secrets.tokenAt('ticket', ticket)
    return {
      status,
      body: { ticket: issuedTicket(ticket, facts, token), ...more },
      secrets: [{ kind: 'ticket', id: ticket.id }],
    }
  }
