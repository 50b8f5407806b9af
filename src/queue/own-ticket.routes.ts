import { notFound } from '../kernel/app-error.js'
import type { Tx } from '../platform/db/tx.js'
import { SECRET } from '../platform/derived.js'
import type { Api } from '../platform/http/api.js'
import type { Guard } from '../platform/http/operation.js'
import type { Answer } from '../platform/http/kept-answers.js'
import { VISITOR } from './queue-deps.js'
import { emptyBody, ticketOrTokenParams, tokenParams } from './queue.forms.js'
import { followedTicket, standingOf } from './queue.pages.js'
import { makeSeen, pressOf, type QueueRouteDeps, siteFinders } from './route-deps.js'
import type { TicketCommand } from './serve-ticket.js'
import type { Ticket } from './ticket.js'

/** What whoever waits may do with their own number, by the secret of its link. */
export function addOwnTicketRoutes(api: Api, deps: QueueRouteDeps): void {
  const byLink = makeByLink(deps)
  api.add({
    method: 'post',
    path: '/tickets/:token/give-way',
    summary: 'Ten more minutes, once: the place is kept, and the others are called first meanwhile (Q9)',
    params: tokenParams,
    body: emptyBody,
    answers: {
      200: '{ ticket: { number, status, counter, position, waitMinutes, givesWayUntil } }',
      404: 'not-found',
      409: 'state with state, counter: it does not wait, is urgent, or has had the minutes',
    },
    write: (tx, { params }) => byLink(tx, params.token, deps.queue.giveWay),
  })
  addLeft(api, deps)
}

/** One address for both: an id is a matter for staff, a secret proves whose number it is. */
function addLeft(api: Api, deps: QueueRouteDeps): void {
  const { queue, permit, dataSource } = deps
  const [seen, byLink] = [makeSeen(deps), makeByLink(deps)]
  api.add({
    method: 'post',
    path: '/tickets/:id/left',
    summary: 'Went home while waiting: said by staff with the id, or by one’s own phone with the token of the link',
    params: ticketOrTokenParams,
    body: emptyBody,
    answers: { 200: '{ ticket }', 404: 'unknown-ticket, not-found', 409: 'state with state, counter' },
    before: orByLink(permit('queue:work', siteFinders(dataSource).ofTicket)),
    write: async (tx, { params: { id }, req }) => {
      if (isSecret(id)) return byLink(tx, id, queue.leave)
      const ticket = await queue.leave(tx, { ticketId: id, ...pressOf(req) })
      return { status: 200, body: { ticket: await seen(tx, ticket) } }
    },
  })
}

const isSecret = (id: unknown): id is string => typeof id === 'string' && SECRET.test(id)

const orByLink = (permit: Guard): Guard =>
  Object.assign(((req, res, next) => (isSecret(req.params.id) ? next() : permit(req, res, next))) as Guard, {
    comers: [...permit.comers, 'link'] as const,
  })

/** Answers what the phone shows, and nothing of staff's. @throws not-found, the same for a forged and an unknown token */
const makeByLink =
  ({ queue, reader }: QueueRouteDeps) =>
  async (tx: Tx, token: string, act: (tx: Tx, command: TicketCommand) => Promise<Ticket>): Promise<Answer> => {
    const found = await queue.findByToken(token)
    if (!found) throw notFound()
    const ticket = await act(tx, { ticketId: found.id, who: VISITOR })
    const facts = await reader.inside(tx, ticket.siteId)
    return { status: 200, body: { ticket: followedTicket(ticket, facts, standingOf(facts, ticket)) } }
  }
