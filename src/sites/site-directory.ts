import type { DataSource } from 'typeorm'
import { notFound } from '../kernel/app-error.js'
import type { EventBus } from '../platform/events.js'
import type { Service, Site, SiteService } from './site.js'
import { type SiteFacts, SiteStore } from './site.store.js'

declare module '../platform/events.js' {
  interface HouseEvents {
    'site.changed': { siteId: string }
  }
}

/** On a shared database, should nobody tell of a change (a new site without a calendar). */
const BELIEVED_MS = 60_000

interface Deps {
  dataSource: DataSource
  events: EventBus
}

/** Sites, services and which site offers which, read once and kept until a change. */
export class SiteDirectory {
  private facts: Promise<SiteFacts> | null = null
  private readAtMs = 0

  constructor(private readonly deps: Deps) {
    deps.events.on('site.changed', () => this.forget())
  }

  /** Another instance has changed a site: every change of one gives its calendars a new version, which is seen there. */
  forget(): void {
    this.facts = null
  }

  async all(): Promise<SiteFacts> {
    const nowMs = performance.now()
    if (this.facts === null || nowMs - this.readAtMs > BELIEVED_MS) {
      this.readAtMs = nowMs
      this.facts = new SiteStore(this.deps.dataSource.manager).loadAll()
      this.facts.catch(() => {
        this.facts = null
      })
    }
    return this.facts
  }

  /** @throws not-found `unknown-site` */
  async site(siteId: string): Promise<Site> {
    const site = (await this.all()).sites.find(({ id }) => id === siteId)
    if (!site) throw notFound('unknown-site')
    return site
  }

  /** @throws not-found `unknown-service` */
  async service(serviceId: string): Promise<Service> {
    const service = (await this.all()).services.find(({ id }) => id === serviceId)
    if (!service) throw notFound('unknown-service')
    return service
  }

  /** @returns null when the site does not offer the service */
  async offer(siteId: string, serviceId: string): Promise<SiteService | null> {
    const { offers } = await this.all()
    return offers.find((offer) => offer.siteId === siteId && offer.serviceId === serviceId) ?? null
  }
}
