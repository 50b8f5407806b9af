import { changedFields, recordChange } from '../audit/index.js'
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

/**
 * Changes how a site offers a service. Own the site's queue first: its order depends on this.
 * @returns the offer, and whether anything of it is new @throws not-found `unknown-service` when there is none
 */
export const makeChangeOffer =
  ({ clock, events }: { clock: Clock; events: EventBus }) =>
  async (
    tx: Tx,
    { siteId, serviceId, to, who }: ChangeOfferCommand,
  ): Promise<{ offer: SiteService; isChanged: boolean }> => {
    const store = new SiteStore(tx.em)
    const was = (await store.offersOf(siteId)).find((offer) => offer.serviceId === serviceId)
    if (!was) throw notFound('unknown-service')
    const offer = { ...was, ...to }
    const fields = Object.keys(to) as (keyof typeof to)[]
    if (fields.every((field) => was[field] === offer[field])) return { offer, isChanged: false }
    await store.changeOffer(was, to)
    const subjectId = `${siteId}/${serviceId}`
    const change = { at: clock(), who, what: 'change-offer', subjectKind: 'site', subjectId } as const
    await recordChange(tx, { ...change, ...changedFields(was, to) })
    tx.afterCommit(() => events.publish('site.changed', { siteId }))
    return { offer, isChanged: true }
  }
