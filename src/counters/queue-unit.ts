import type { Clock } from '../kernel/clock.js'
import { type LocalDay, localDay } from '../kernel/local-day.js'
import type { Tx } from '../platform/db/tx.js'
import type { EventBus } from '../platform/events.js'
import { type Site, type SiteDirectory, type SiteService, SiteStore } from '../sites/index.js'
import { VersionStore } from './version.store.js'

declare module '../platform/events.js' {
  interface HouseEvents {
    /** Who waits, who is called, or which counters are open at a site is no longer what it was. */
    'queue.changed': { siteId: string; version: number }
  }
}

export interface UnitDeps {
  clock: Clock
  events: EventBus
  directory: SiteDirectory
}

/** One change of one site's queue: nobody else changes that queue before the unit of work ends. */
export interface QueueUnit {
  tx: Tx
  site: Site
  now: Date
  today: LocalDay
  /** The services of the site as they are while its queue is ours: no memory of another instance's yesterday (Q2, W3). */
  offers(): Promise<SiteService[]>
  /** The version this change makes. Call it as soon as something is going to change, not before: it tells everybody. */
  version(): Promise<number>
}

/**
 * Makes this unit of work the only one that changes the site's queue: what is read after it stays true (Q3, T02).
 * @throws not-found `unknown-site`
 */
export async function openQueue(tx: Tx, { clock, events, directory }: UnitDeps, siteId: string): Promise<QueueUnit> {
  const site = await directory.site(siteId)
  await tx.own(`queue:${siteId}`)
  const now = clock()
  const today = localDay(now, site.timeZone)
  let offers: Promise<SiteService[]> | null = null
  let version: Promise<number> | null = null
  const grow = async () => {
    const grown = await new VersionStore(tx.em).grow(siteId, today)
    tx.afterCommit(() => events.publish('queue.changed', { siteId, version: grown }))
    return grown
  }
  return {
    tx,
    site,
    now,
    today,
    offers: () => (offers ??= new SiteStore(tx.em).offersOf(siteId)),
    version: () => (version ??= grow()),
  }
}

/** A new day's queue is another one – nobody waits, nobody was called –, so its version is another too (B1). Once. */
export async function beginDay(unit: QueueUnit): Promise<void> {
  if (isOver(await new VersionStore(unit.tx.em).find(unit.site.id), unit.today)) await unit.version()
}

/** True when the version is of a day before `today`; a queue that has never changed is the same on every day. */
export const isOver = (version: { onDay: LocalDay } | null, today: LocalDay): boolean =>
  version !== null && version.onDay < today
