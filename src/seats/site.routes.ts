import type { Api } from '../platform/http/api.js'
import type { Clock } from '../kernel/clock.js'
import type { EventBus } from '../platform/events.js'
import { Unchanged } from '../platform/unchanged.js'
import { type SiteDirectory, serviceName } from '../sites/index.js'
import type { Availability } from './availability.js'
import { publicSites } from './site.pages.js'

interface Deps {
  directory: SiteDirectory
  availability: Availability
  events: EventBus
  clock: Clock
}

/** Public reads of contract.md: which sites there are, and what people come for. */
export function addSiteRoutes(api: Api, { directory, availability, ...house }: Deps): void {
  const unchanged = new Unchanged(house, ['seats.changed', 'calendar.changed', 'site.changed'])
  api.add({
    method: 'get',
    path: '/sites',
    summary: 'The sites, what they offer and their first free moment',
    answers: { 200: '{ sites: [{ id, name, address, timeZone, services, firstFree }] }' },
    read: async () => {
      const holds = unchanged.since()
      return { status: 200, body: { sites: await publicSites(directory, availability) }, holds }
    },
  })
  api.add({
    method: 'get',
    path: '/services',
    summary: 'What people come for',
    answers: { 200: '{ services: [{ id, name, bookable, walkIn, lane }] }' },
    read: async ({ lang }) => {
      const holds = unchanged.since()
      const { services } = await directory.all()
      return {
        status: 200,
        holds,
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
