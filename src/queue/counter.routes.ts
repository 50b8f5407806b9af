import type { Api } from '../platform/http/api.js'
import type { SiteService } from '../sites/index.js'
import { siteOfPath } from '../access/index.js'
import { addCounterWorkRoutes, makeCounterAnswer } from './counter-work.routes.js'
import { counterBody, counterParams, offerParams, type ServiceBody, serviceBody } from './queue.forms.js'
import { siteParams } from '../platform/http/fields.js'
import { type QueueRouteDeps, siteFinders, whoOf } from './route-deps.js'

/** Counters of contract.md: opened and worked by operators, made by managers. */
export function addCounterRoutes(api: Api, deps: QueueRouteDeps): void {
  addCounterWorkRoutes(api, deps)
  addManageRoutes(api, deps)
  addServiceRoute(api, deps)
}

function addManageRoutes(api: Api, deps: QueueRouteDeps): void {
  const { queue, permit, dataSource } = deps
  const answer = makeCounterAnswer(deps)
  api.add({
    method: 'post',
    path: '/sites/:site/counters',
    summary: 'A new counter, closed',
    params: siteParams,
    body: counterBody,
    answers: { 201: '{ counter }', 404: 'unknown-site', 409: 'name-taken' },
    before: permit('counters:manage', siteOfPath),
    write: async (tx, { params, body, req }) =>
      answer(tx, await queue.addCounter(tx, { siteId: params.site, name: body.name, who: whoOf(req) }), 201),
  })
  api.add({
    method: 'patch',
    path: '/counters/:counter',
    summary: 'Renames a counter',
    params: counterParams,
    body: counterBody,
    answers: { 200: '{ counter }', 404: 'unknown-counter', 409: 'name-taken' },
    before: permit('counters:manage', siteFinders(dataSource).ofCounter),
    write: async (tx, { params, body, req }) =>
      answer(tx, await queue.renameCounter(tx, { counterId: params.counter, name: body.name, who: whoOf(req) })),
  })
}

function addServiceRoute(api: Api, { queue, permit }: QueueRouteDeps): void {
  api.add({
    method: 'patch',
    path: '/sites/:site/services/:service',
    summary: 'How the site offers a service: walk-ins, quota, order (W3, Q1)',
    params: offerParams,
    body: serviceBody,
    answers: {
      200: '{ service: { id, personsPerSlot, maxWaitMinutes, dailyQuota, walkIn, seniorFirst } }',
      404: 'unknown-service',
    },
    before: permit('services:manage', siteOfPath),
    write: async (tx, { params, body, req }) => {
      const command = { siteId: params.site, serviceId: params.service, to: offerOf(body), who: whoOf(req) }
      return { status: 200, body: { service: serviceView(await queue.changeService(tx, command)) } }
    },
  })
}

const offerOf = ({ walkIn, ...rest }: ServiceBody): Partial<SiteService> => ({
  ...rest,
  ...(walkIn !== undefined && { walkInFrom: walkIn?.from ?? null, walkInTo: walkIn?.to ?? null }),
})

const serviceView = (offer: SiteService) => {
  const {
    serviceId: id,
    personsPerSlot,
    maxWaitMinutes,
    dailyQuota,
    walkInFrom: from,
    walkInTo: to,
    seniorFirst,
  } = offer
  return { id, personsPerSlot, maxWaitMinutes, dailyQuota, walkIn: from && to ? { from, to } : null, seniorFirst }
}
