import type { EntityManager } from 'typeorm'
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
    await this.em
      .createQueryBuilder()
      .update(SiteServiceEntity)
      .set(to)
      .where('siteId = :siteId AND serviceId = :serviceId', { siteId, serviceId })
      .updateEntity(false)
      .execute()
  }

  async changeSite(id: string, to: Partial<Omit<Site, 'id'>>): Promise<void> {
    if (Object.keys(to).length === 0) return
    const update = this.em.createQueryBuilder().update(SiteEntity).set(to).where('id = :id', { id })
    await update.updateEntity(false).execute()
  }

  async addAll(facts: SiteFacts): Promise<void> {
    const add = async (target: new () => object, rows: object[]) => {
      await this.em.createQueryBuilder().insert().into(target).values(rows).updateEntity(false).execute()
    }
    await add(ServiceEntity, facts.services)
    await add(SiteEntity, facts.sites)
    await add(SiteServiceEntity, facts.offers)
  }
}
