import type { EntityManager } from 'typeorm'
import { addRows, updateRows } from '../platform/db/rows.js'
import type { Service, Site, SiteService } from './site.js'
import { ServiceEntity, SiteEntity, SiteServiceEntity } from './site.entity.js'

/** Everything about sites that a request needs; small enough to be held in memory. */
export interface SiteFacts {
  sites: Site[]
  services: Service[]
  offers: SiteService[]
}

export class SiteStore {
  constructor(private readonly em: EntityManager) {}

  async loadAll(): Promise<SiteFacts> {
    return {
      sites: await this.em.find(SiteEntity, { order: { position: 'ASC', id: 'ASC' } }),
      services: await this.em.find(ServiceEntity, { order: { position: 'ASC', id: 'ASC' } }),
      offers: await this.em.find(SiteServiceEntity),
    }
  }

  /** The services of a site, as they are now. */
  offersOf(siteId: string): Promise<SiteService[]> {
    return this.em.find(SiteServiceEntity, { where: { siteId }, order: { serviceId: 'ASC' } })
  }

  async changeOffer({ siteId, serviceId }: SiteService, to: Partial<SiteService>): Promise<void> {
    await updateRows(this.em, SiteServiceEntity, { set: to, where: { siteId, serviceId } })
  }

  async changeSite(id: string, to: Partial<Omit<Site, 'id'>>): Promise<void> {
    if (Object.keys(to).length === 0) return
    await updateRows(this.em, SiteEntity, { set: to, where: { id } })
  }

  async addAll(facts: SiteFacts): Promise<void> {
    const add = async (target: new () => object, rows: object[]) => {
      await addRows(this.em, target, rows)
    }
    await add(ServiceEntity, facts.services)
    await add(SiteEntity, facts.sites)
    await add(SiteServiceEntity, facts.offers)
  }
}
