import type { DataSource } from 'typeorm'
import { localDay, zonedIso } from '../kernel/local-day.js'
import { plansOf } from '../seats/index.js'
import { type Site, type SiteService, SiteStore } from '../sites/index.js'
import type { QueueDeps } from './queue-deps.js'
import type { WalkInsNow } from './queue.shape.js'
import { TicketStore } from './ticket.store.js'
import { walkInNow } from './walk-in-window.js'

type WindowDeps = Pick<QueueDeps, 'calendars'>

interface Moment {
  site: Site
  now: Date
  /** Of the site: their calendars say when it is open. */
  offers: readonly SiteService[]
}

/** W3 for one service of a site. */
export async function windowNow(
  deps: WindowDeps,
  { site, now, offers }: Moment,
  { walkInFrom: from, walkInTo: to }: SiteService,
): Promise<{ isOpen: boolean; opensAt: Date | null }> {
  const { timeZone, openOnHolidays } = site
  const window = from !== null && to !== null ? { from, to } : null
  return walkInNow({ window, timeZone, plans: await plansOf(deps.calendars, offers), openOnHolidays }, now)
}

/** Services with a walk-in window, in the order of the services. @throws not-found `unknown-site` */
export const makeWalkInsNow =
  (deps: QueueDeps & { dataSource: DataSource }) =>
  async (siteId: string): Promise<WalkInsNow> => {
    const { directory, clock, dataSource } = deps
    const [site, now] = [await directory.site(siteId), clock()]
    const today = { siteId, day: localDay(now, site.timeZone) }
    const offers = await new SiteStore(dataSource.manager).offersOf(siteId)
    const { services } = await directory.all()
    const offered = [...services]
      .sort((one, other) => one.position - other.position)
      .flatMap((service) => offers.filter((offer) => isTaken(offer, service.id)).map((offer) => ({ service, offer })))
    const states = offered.map(async ({ service: { id, lane }, offer }) => {
      const { isOpen, opensAt } = await windowNow(deps, { site, now, offers }, offer)
      const isFull = isOpen && (await quotaReached(dataSource.manager, today, offer))
      const reason = isOpen ? (isFull ? ('quota-reached' as const) : null) : ('outside-window' as const)
      const opens = opensAt && zonedIso(opensAt, site.timeZone)
      return { id, lane, seniorFirst: offer.seniorFirst, open: reason === null, reason, opensAt: opens }
    })
    return { at: zonedIso(now, site.timeZone), services: await Promise.all(states) }
  }

const isTaken = (offer: SiteService, serviceId: string): boolean =>
  offer.serviceId === serviceId && offer.walkInFrom !== null && offer.walkInTo !== null

/** W3: whether the day's numbers of a service are used up. */
export async function quotaReached(
  em: ConstructorParameters<typeof TicketStore>[0],
  today: { siteId: string; day: string },
  { serviceId, dailyQuota }: SiteService,
): Promise<boolean> {
  return dailyQuota !== null && (await new TicketStore(em).countWalkIns(today, serviceId)) >= dailyQuota
}
