import { type Counter, CounterStore, openQueue, openQueueOf, type QueueUnit, VersionStore } from '../counters/index.js'
import { notFound } from '../kernel/app-error.js'
import type { LocalDay } from '../kernel/local-day.js'
import type { Tx } from '../platform/db/tx.js'
import { dayEnd, type HoursFacts, plansOf, type SiteHours, siteHours } from '../seats/index.js'
import type { Site } from '../sites/index.js'
import { endOpenTickets } from './end-tickets.js'
import type { QueueDeps } from './queue-deps.js'
import type { Ticket } from './ticket.js'
import { TicketStore } from './ticket.store.js'

type HoursDeps = Pick<QueueDeps, 'calendars' | 'directory'>

/** What says when a site is open. */
export async function openingOf({ calendars, directory }: HoursDeps, site: Site): Promise<HoursFacts> {
  const offers = (await directory.all()).offers.filter(({ siteId }) => siteId === site.id)
  return { site, offers, plans: await plansOf(calendars, offers) }
}

export const hoursOf = async (deps: HoursDeps, site: Site, day: LocalDay): Promise<SiteHours | null> =>
  siteHours(await openingOf(deps, site), day)

/** Q7: the site's day is over, and that has not been written down yet. */
export async function isDayOver(
  deps: HoursDeps,
  { site, day, now }: { site: Site; day: LocalDay; now: Date },
  versions: VersionStore,
): Promise<boolean> {
  const end = dayEnd(await hoursOf(deps, site, day))
  if (end === null || now < end) return false
  const version = await versions.find(site.id)
  // An instance whose clock is behind takes no day back.
  if (version === null || version.onDay > day) return false
  return version.endedAt === null || version.endedAt < end
}

/** The site's queue, ours, and its day ended if it is over: commands find what everybody sees. @throws not-found */
export async function openToday(tx: Tx, deps: QueueDeps, siteId: string): Promise<QueueUnit> {
  const unit = await openQueue(tx, deps, siteId)
  await settle(deps, unit)
  return unit
}

/** The same for the site of a counter. @throws not-found `unknown-counter` */
export async function openQueueOfCounter(
  tx: Tx,
  deps: QueueDeps,
  counterId: string,
): Promise<{ unit: QueueUnit; counter: Counter }> {
  const { unit, counter } = await openQueueOf(tx, deps, counterId)
  await settle(deps, unit)
  return { unit, counter: (await new CounterStore(tx.em).find(counterId)) ?? counter }
}

/** A ticket as it is while its site's queue is ours. @throws not-found `unknown-ticket` */
export async function openQueueOfTicket(
  tx: Tx,
  deps: QueueDeps,
  id: string,
): Promise<{ unit: QueueUnit; ticket: Ticket }> {
  const store = new TicketStore(tx.em)
  const known = await store.find(id)
  if (!known) throw notFound('unknown-ticket')
  const unit = await openToday(tx, deps, known.siteId)
  return { unit, ticket: (await store.find(id)) ?? known }
}

async function settle(deps: QueueDeps, unit: QueueUnit): Promise<void> {
  const { site, today: day, now } = unit
  if (await isDayOver(deps, { site, day, now }, new VersionStore(unit.tx.em))) await endOpenTickets(unit, 'system')
}
