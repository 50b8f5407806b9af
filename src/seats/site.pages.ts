import { zonedIso } from '../kernel/local-day.js'
import type { Site, SiteDirectory } from '../sites/index.js'
import type { Availability } from './availability.js'

/** A site as programs outside see it (contract.md). */
export interface PublicSite {
  id: string
  name: string
  address: string
  timeZone: string
  services: string[]
  /** Service id → first free start, or null: none within the horizon, or not booked at all. */
  firstFree: Record<string, string | null>
}

export async function publicSites(directory: SiteDirectory, availability: Availability): Promise<PublicSite[]> {
  const { sites, services, offers } = await directory.all()
  const bookable = new Set(services.filter((service) => service.bookable).map(({ id }) => id))
  const firstFree = async (site: Site, offered: string[]) => {
    const entries = offered.map(async (serviceId) => {
      const start = bookable.has(serviceId) ? await availability.firstFree(site.id, serviceId) : null
      return [serviceId, start && zonedIso(start, site.timeZone)] as const
    })
    return Object.fromEntries(await Promise.all(entries))
  }
  return Promise.all(
    sites.map(async (site) => {
      const { id, name, address, timeZone } = site
      const offered = offers.filter(({ siteId }) => siteId === id).map(({ serviceId }) => serviceId)
      return { id, name, address, timeZone, services: offered, firstFree: await firstFree(site, offered) }
    }),
  )
}
