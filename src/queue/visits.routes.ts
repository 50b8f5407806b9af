import type { Api } from '../platform/http/api.js'
import { siteOfPath } from '../access/index.js'
import { siteParams } from '../platform/http/fields.js'
import { type QueueRouteDeps, whoOf } from './route-deps.js'
import { visitsQuery } from './visits.forms.js'

/** Who the person at the desk is: bookings and tickets by name, phone, tax code, code or number. */
export function addVisitRoutes(api: Api, { findVisits, permit }: QueueRouteDeps): void {
  api.add({
    method: 'get',
    path: '/sites/:site/visits',
    summary:
      'Bookings and tickets of persons by name, phone, tax code, code or number; without days, today’s; on record',
    params: siteParams,
    query: visitsQuery,
    limit: 'staff',
    answers: {
      200: '{ visits: [{ booking?: { code, …, messages: [{ kind, channel, state, cause, at }] }, ticket? }], more }',
      404: 'unknown-site',
    },
    before: permit('bookings:see', siteOfPath),
    read: async ({ params: { site: siteId }, query, req }) => ({
      status: 200,
      body: await findVisits({ siteId, ...query, who: whoOf(req) }),
    }),
  })
}
