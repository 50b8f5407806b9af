import type { Api } from '../platform/http/api.js'
import { siteOfPath } from '../access/index.js'
import { CallStore } from './call.store.js'
import { siteParams } from '../platform/http/fields.js'
import { staffTicket } from './queue.pages.js'
import type { QueueRouteDeps } from './route-deps.js'
import { TicketStore } from './ticket.store.js'

/** As many as somebody looks through who has pressed the wrong key. */
const MOST = 60

/** Today's numbers that are over: what may be reopened (Q4). */
export function addFinishedRoute(api: Api, { dataSource, reader, permit }: QueueRouteDeps): void {
  api.add({
    method: 'get',
    path: '/sites/:site/finished',
    summary: 'Today’s numbers that are done or left, latest first: what may be reopened (Q4)',
    params: siteParams,
    limit: 'staff',
    answers: { 200: '{ tickets: [{ id, number, lane, service, status, endedAt? }] }', 404: 'unknown-site' },
    before: permit('queue:see', siteOfPath),
    read: async ({ params }) => {
      const { site, day } = await reader.today(params.site)
      const found = await new TicketStore(dataSource.manager).finished({ siteId: site.id, day })
      const calls = await new CallStore(dataSource.manager).byId(found.flatMap(({ callId }) => callId ?? []))
      const last = (ticket: (typeof found)[number]) =>
        (calls.get(ticket.callId ?? '')?.endedAt ?? ticket.joinedAt).getTime()
      const tickets = found.sort((one, other) => last(other) - last(one)).slice(0, MOST)
      const view = (ticket: (typeof found)[number]) =>
        staffTicket(ticket, calls.get(ticket.callId ?? '') ?? null, { site, today: day })
      return { status: 200, body: { tickets: tickets.map(view) } }
    },
  })
}
