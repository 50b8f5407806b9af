import { recordChange } from '../audit/index.js'
import { notFound } from '../kernel/app-error.js'
import type { Clock } from '../kernel/clock.js'
import type { Tx } from '../platform/db/tx.js'
import type { EventBus } from '../platform/events.js'
import type { SiteService } from './site.js'
import { SiteStore } from './site.store.js'

export interface ChangeOfferCommand {
  siteId: string
  serviceId: string
  to: Partial<Omit<SiteService, 'siteId' | 'serviceId'>>
  who: string
}

/** Changes how a site offers a service. @throws not-found `unknown-service` when it does not */
export const makeChangeOffer =
  ({ clock, events }: { clock: Clock; events: EventBus }) =>
  async (tx: Tx, { siteId, serviceId, to, who }: ChangeOfferCommand): Promise<SiteService> => {
    const store = new SiteStore(tx.em)
    const was = (await store.loadAll()).offers.find((offer) => offer.siteId === siteId && offer.serviceId === serviceId)
    if (!was) throw notFound('unknown-service')
    await store.changeOffer(was, to)
    const subjectId = `${siteId}/${serviceId}`
    const change = { at: clock(), who, what: 'change-offer', subjectKind: 'site', subjectId } as const
    await recordChange(tx, { ...change, reason: JSON.stringify(to).slice(0, 500) })
    tx.afterCommit(() => events.publish('site.changed', { siteId }))
    return { ...was, ...to }
  }
