import { notFound } from '../kernel/app-error.js'
import { zonedIso } from '../kernel/local-day.js'
import type { Api } from '../platform/http/api.js'
import { siteOfPath } from '../access/index.js'
import { addFinishedRoute } from './finished.routes.js'
import { tokenParams } from './queue.forms.js'
import { isSqlite } from '../platform/db/engine.js'
import { siteParams } from '../platform/http/fields.js'
import { Unchanged } from '../platform/unchanged.js'
import { board, counterList, followedTicket, queueList, standingOf } from './queue.pages.js'
import type { QueueRouteDeps } from './route-deps.js'
import { waits } from './waits.js'

/** Reads of the queue: three for everybody, two for staff. */
export function addQueueRoutes(api: Api, deps: QueueRouteDeps): void {
  addPublicReads(api, deps)
  addWaitsRoute(api, deps)
  addStaffReads(api, deps)
  addFinishedRoute(api, deps)
}

function addWaitsRoute(api: Api, { reader, services }: QueueRouteDeps): void {
  api.add({
    method: 'get',
    path: '/sites/:site/waits',
    limit: 'screen',
    summary: 'How many wait, how long somebody who came now would, and how many counters are open',
    params: siteParams,
    answers: { 200: '{ at, open, lanes: { P, N, D, R: { waiting, minutes } } }', 404: 'unknown-site' },
    read: async ({ params }) => ({
      status: 200,
      body: waits(await reader.facts(params.site), await services()),
    }),
  })
}

/** On a shared database another instance may have called somebody: a board is believed for a blink. */
const BLINK_MS = 250

function addPublicReads(api: Api, { queue, reader, dataSource, ...house }: QueueRouteDeps): void {
  const believedMs = isSqlite(dataSource) ? undefined : BLINK_MS
  const unchanged = new Unchanged(house, ['queue.changed', 'site.changed'], believedMs)
  api.add({
    method: 'get',
    path: '/sites/:site/board',
    limit: 'screen',
    summary: 'The board as displays show it (B1)',
    params: siteParams,
    answers: {
      200: '{ site, version, at, calls: [{ number, counter, calledAt, times }], waiting }',
      404: 'unknown-site',
    },
    read: async ({ params }) => {
      const holds = unchanged.since()
      return { status: 200, body: board(await reader.shown(params.site)), holds }
    },
  })
  api.add({
    method: 'get',
    path: '/tickets/:token',
    summary: 'A ticket as its phone page shows it',
    params: tokenParams,
    answers: { 200: '{ at, ticket: { number, status, counter, position, waitMinutes, reason? } }', 404: 'not-found' },
    read: async ({ params }) => {
      const ticket = await queue.findByToken(params.token)
      if (!ticket) throw notFound()
      const facts = await reader.facts(ticket.siteId)
      const at = zonedIso(facts.now, facts.site.timeZone)
      return { status: 200, body: { at, ticket: followedTicket(ticket, facts, standingOf(facts, ticket)) } }
    },
  })
}

function addStaffReads(api: Api, { reader, permit }: QueueRouteDeps): void {
  api.add({
    method: 'get',
    path: '/sites/:site/queue',
    summary: 'Who waits, in call order, with class and estimate (Q1, Q6)',
    params: siteParams,
    limit: 'staff',
    answers: { 200: '{ version, waiting, parked, missed, serving }', 404: 'unknown-site' },
    before: permit('queue:see', siteOfPath),
    read: async ({ params }) => ({
      status: 200,
      body: queueList(await reader.facts(params.site)),
    }),
  })
  api.add({
    method: 'get',
    path: '/sites/:site/counters',
    summary: 'The counters and whom they have',
    params: siteParams,
    limit: 'staff',
    answers: { 200: '{ counters: [{ id, name, open, operator, services, ticket }] }', 404: 'unknown-site' },
    before: permit('queue:see', siteOfPath),
    read: async ({ params }) => ({
      status: 200,
      body: counterList(await reader.facts(params.site)),
    }),
  })
}
