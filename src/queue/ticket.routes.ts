import type { Tx } from '../platform/db/tx.js'
import type { Api } from '../platform/http/api.js'
import type { Operation } from '../platform/http/operation.js'
import {
  callBody,
  emptyBody,
  parkBody,
  reasonBody,
  ticketParams,
  type TransferBody,
  transferBody,
} from './queue.forms.js'
import { makeSeen, pressOf, type QueueRouteDeps, siteFinders } from './route-deps.js'
import type { TicketCommand } from './serve-ticket.js'
import type { Ticket } from './ticket.js'

type Body<B> = NonNullable<Operation<unknown, unknown, B>['body']>
type Act<B> = (tx: Tx, command: TicketCommand, body: B) => Promise<Ticket>

/** The operator's buttons on one ticket: `POST /tickets/{id}/…` of contract.md. */
export function addTicketRoutes(api: Api, deps: QueueRouteDeps): void {
  const add = makeAdd(api, deps)
  addPlainRoutes(add, deps)
  addSpokenRoutes(add, deps)
}

type Add = ReturnType<typeof makeAdd>

function makeAdd(api: Api, deps: QueueRouteDeps) {
  const { permit, dataSource } = deps
  const before = permit('queue:work', siteFinders(dataSource).ofTicket)
  const seen = makeSeen(deps)
  return <B>(name: string, summary: string, { body, act }: { body: Body<B>; act: Act<B> }) =>
    api.add({
      method: 'post',
      path: `/tickets/:id/${name}`,
      summary,
      params: ticketParams,
      body,
      limit: 'staff',
      answers: {
        200: '{ ticket }',
        404: 'unknown-ticket',
        409: 'state with state, counter; counter-taken with operator',
      },
      before,
      write: async (tx, input) => {
        const ticket = await act(tx, { ticketId: input.params.id, ...pressOf(input.req) }, input.body)
        return { status: 200, body: { ticket: await seen(tx, ticket) } }
      },
    })
}

function addPlainRoutes(add: Add, { queue }: QueueRouteDeps): void {
  const plain = (act: (tx: Tx, command: TicketCommand) => Promise<Ticket>) => ({ body: emptyBody, act })
  add('recall', 'Calls once more; after three calls it is missed (Q4)', plain(queue.recall))
  add('start', 'The person is at the counter', plain(queue.start))
  add('done', 'The visit is over', plain(queue.done))
  add('missed', 'Nobody came', plain(queue.missed))
  add('return', 'Back into the queue from missed or parked', plain(queue.returnTicket))
  add('undo', 'Takes back next, done or missed for ten seconds (Q5)', plain(queue.undo))
}

/** Those that carry more than their address: a reason, a counter, a service. */
function addSpokenRoutes(add: Add, { queue }: QueueRouteDeps): void {
  add('call', 'Calls out of order, or back to the counter that knows them, with the reason (Q2, D7)', {
    body: callBody,
    act: (tx, command, { counter, reason }) => queue.callTicket(tx, { ...command, counterId: counter, reason }),
  })
  add('park', 'Puts aside, for one counter or any; the place is kept', {
    body: parkBody,
    act: (tx, command, { reason, counter }) => queue.park(tx, { ...command, reason, counterId: counter }),
  })
  add('reopen', 'Today’s done, missed or left goes on, with the reason (Q4)', {
    body: reasonBody,
    act: (tx, command, { reason }) => queue.reopen(tx, { ...command, reason }),
  })
  add('urgent', 'Before all others, with the reason (Q1, D7)', {
    body: reasonBody,
    act: (tx, command, { reason }) => queue.grantUrgency(tx, { ...command, reason }),
  })
  add('transfer', 'On to another service or counter; the waiting time is kept', {
    body: transferBody,
    act: (tx, command, body) => queue.transfer(tx, { ...command, to: targetOf(body) }),
  })
}

const targetOf = ({ service, counter }: TransferBody) =>
  service === undefined ? { counterId: counter ?? '' } : { serviceId: service }
