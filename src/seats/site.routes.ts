import type { Api } from '../platform/http/api.js'
import { type SiteDirectory, serviceName } from '../sites/index.js'
import type { Availability } from './availability.js'
import { publicSites } from './site.pages.js'

interface Deps {
  directory: SiteDirectory
  availability: Availability
}

/** Public reads of contract.md: which sites there are, and what people come for. */
export function addSiteRoutes(api: Api, { directory, availability }: Deps): void {
  api.add({
    method: 'get',
    path: '/sites',
    summary: 'The sites, what they offer and their first free moment',
    answers: { 200: '{ sites: [{ id, name, address, timeZone, services, firstFree }] }' },
    read: async () => ({ status: 200, body: { sites: await publicSites(directory, availability) } }),
  })
  api.add({
    method: 'get',
    path: '/services',
    summary: 'What people come for',
    answers: { 200: '{ services: [{ id, name, bookable, walkIn, lane }] }' },
    read: async ({ lang }) => {
      const { services } = await directory.all()
      return {
        status: 200,
        body: {
          services: services.map((service) => ({
            id: service.id,
            name: serviceName(service, lang),
            bookable: service.bookable,
            walkIn: service.walkInFrom && service.walkInTo ? { from: service.walkInFrom, to: service.walkInTo } : null,
            lane: service.lane,
          })),
        },
      }
    },
  })
}
