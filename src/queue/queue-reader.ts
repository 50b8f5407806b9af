import type { DataSource } from 'typeorm'
import { beginDay, type Counter, CounterStore, isOpen, isOver, VersionStore } from '../counters/index.js'
import { MINUTE_MS } from '../kernel/clock.js'
import { type LocalDay, localDay } from '../kernel/local-day.js'
import type { Tx } from '../platform/db/tx.js'
import type { UnitOfWork } from '../platform/db/unit-of-work.js'
import { SharedReads } from '../platform/shared-read.js'
import { type HoursFacts, plansOf, type SiteHours, siteHours } from '../seats/index.js'
import { type Site, type SiteService, SiteStore } from '../sites/index.js'
import type { Call } from './call.js'
import type { OrderSettings } from './call-order.js'
import { CallStore } from './call.store.js'
import { meanVisitMs, SERVED_FOR_MEAN } from './estimates.js'
import { orderSettings, type QueueDeps } from './queue-deps.js'
import type { Ticket } from './ticket.js'
import { TicketStore } from './ticket.store.js'
import { isDayOver, openToday } from './today.js'

/** Today's queue of a site as the database has it at one version. */
interface Stored {
  version: number
  day: LocalDay
  /** Everybody somebody still has to do with, as they were made. */
  tickets: Ticket[]
  /** Of visits that have not ended. */
  openCalls: Call[]
  /** Newest first, one a ticket. */
  lastCalls: Call[]
  counters: Counter[]
  /** What the site offers, and how: the order depends on it (Q2). */
  offers: SiteService[]
  /** How long the last visits of each service took. */
  servedMs: Record<string, number[]>
}

/** What a board shows (B1): nothing of hours and estimates, which take longer than all the rest. */
export interface BoardFacts extends Pick<Stored, 'version' | 'tickets' | 'lastCalls'> {
  site: Site
  now: Date
}

/** What every answer about a queue is made from. */
export interface QueueFacts extends Stored {
  site: Site
  now: Date
  /** Services the site offers. */
  serviceIds: string[]
  settings: OrderSettings
  visitMs: (serviceId: string) => number
  /** What says when the site is open. */
  opening: HoursFacts
  /** Of today; null when the site does not open. */
  hours: SiteHours | null
}

/** B1 */
const LAST_CALLS = 10
/** A read meets one or two changes on a busy morning; a version that goes on changing is told again by who changes it. */
const TRIES = 25

interface Deps extends QueueDeps {
  dataSource: DataSource
  unitOfWork: UnitOfWork
}

type Manager = DataSource['manager']

/** Reads queues; what was read is kept as long as the site's version is the same. */
export class QueueReader {
  private readonly kept = new Map<string, Stored>()
  private readonly reading = new SharedReads<Stored>()

  constructor(private readonly deps: Deps) {}

  /** What is committed. @throws not-found `unknown-site` */
  async facts(siteId: string): Promise<QueueFacts> {
    const site = await this.deps.directory.site(siteId)
    const now = this.deps.clock()
    return this.complete(await this.stored(site, localDay(now, site.timeZone)), site, now)
  }

  /** The same for who shows the board alone. @throws not-found `unknown-site` */
  async shown(siteId: string): Promise<BoardFacts> {
    const site = await this.deps.directory.site(siteId)
    const now = this.deps.clock()
    return { ...(await this.stored(site, localDay(now, site.timeZone))), site, now }
  }

  /** The site and its present local day. @throws not-found `unknown-site` */
  async today(siteId: string): Promise<{ site: Site; day: LocalDay }> {
    const site = await this.deps.directory.site(siteId)
    return { site, day: localDay(this.deps.clock(), site.timeZone) }
  }

  /** What a unit of work sees, its own changes included. */
  async inside(tx: Tx, siteId: string): Promise<QueueFacts> {
    const site = await this.deps.directory.site(siteId)
    const now = this.deps.clock()
    return this.complete(await load(tx.em, { siteId, day: localDay(now, site.timeZone) }), site, now)
  }

  /** Who asks while it is read waits for that read, unless it does not know a change from before the question. */
  private async stored(site: Site, day: LocalDay): Promise<Stored> {
    const { id: siteId } = site
    const version = await this.versionOn(site, day)
    const kept = this.kept.get(siteId)
    if (kept?.day === day && kept.version === version) return kept
    const stored = await this.reading.of(`${siteId} ${day}`, () => this.read(siteId, day))
    return stored.version >= version ? stored : this.stored(site, day)
  }

  /** Whoever is first to look on a new day begins it, and after a day's end ends it: no version has two contents (B1, Q7). */
  private async versionOn(site: Site, day: LocalDay): Promise<number> {
    const { dataSource, unitOfWork, clock } = this.deps
    const versions = new VersionStore(dataSource.manager)
    const present = await versions.find(site.id)
    const isAnother = isOver(present, day) || (await isDayOver(this.deps, { site, day, now: clock() }, versions))
    if (!isAnother) return present?.version ?? 0
    await unitOfWork.run(async (tx) => beginDay(await openToday(tx, this.deps, site.id)))
    return this.version(site.id)
  }

  /** Content and version belong together (B1): a version that grew during the read starts it again. */
  private async read(siteId: string, day: LocalDay): Promise<Stored> {
    for (let tries = 1; ; tries++) {
      const stored = await load(this.deps.dataSource.manager, { siteId, day })
      if (tries < TRIES && stored.version !== (await this.version(siteId))) continue
      if (stored.version >= (this.kept.get(siteId)?.version ?? 0)) this.kept.set(siteId, stored)
      return stored
    }
  }

  private version(siteId: string): Promise<number> {
    return new VersionStore(this.deps.dataSource.manager).version(siteId)
  }

  private async complete(stored: Stored, site: Site, now: Date): Promise<QueueFacts> {
    const serviceIds = stored.offers.map(({ serviceId }) => serviceId)
    const slots = await this.slotMinutes(site.id, serviceIds)
    const visits = new Map(
      serviceIds.map((id) => [id, meanVisitMs(stored.servedMs[id] ?? [], (slots.get(id) ?? slots.any) * MINUTE_MS)]),
    )
    const visitMs = (serviceId: string) => visits.get(serviceId) ?? slots.any * MINUTE_MS
    const counters = stored.counters.map((counter) =>
      isOpen(counter, stored.day) ? counter : { ...counter, openOn: null },
    )
    const settings = orderSettings(this.deps.settings, stored.offers)
    const opening = { site, offers: stored.offers, plans: await plansOf(this.deps.calendars, stored.offers) }
    const hours = siteHours(opening, stored.day)
    return { ...stored, counters, site, now, serviceIds, settings, visitMs, opening, hours }
  }

  /** Slot length per service; `any`: of one of the site's calendars, for services that are not booked. */
  private async slotMinutes(siteId: string, serviceIds: readonly string[]) {
    const known = new Map<string, number>()
    for (const id of serviceIds) {
      const minutes = (await this.deps.calendars.planOf(siteId, id))?.rules[0]?.slotMinutes
      if (minutes !== undefined) known.set(id, minutes)
    }
    const any = [...known.values()][0] ?? this.deps.settings.visitMinutes
    return Object.assign(known, { any })
  }
}

/** The version first: content can then only be newer than it says, never older. */
async function load(em: Manager, { siteId, day }: { siteId: string; day: LocalDay }): Promise<Stored> {
  const [tickets, calls] = [new TicketStore(em), new CallStore(em)]
  const version = await new VersionStore(em).version(siteId)
  const offers = await new SiteStore(em).offersOf(siteId)
  const servedMs: Record<string, number[]> = {}
  for (const { serviceId } of offers) {
    servedMs[serviceId] = (await calls.served({ siteId, serviceId }, SERVED_FOR_MEAN)).map(lastedMs)
  }
  return {
    version,
    day,
    tickets: await tickets.present({ siteId, day }),
    openCalls: await calls.open({ siteId, day }),
    lastCalls: await calls.shown({ siteId, day }, LAST_CALLS),
    counters: await new CounterStore(em).ofSite(siteId),
    offers,
    servedMs,
  }
}

/** A clock may have been set back between the two. */
const lastedMs = ({ startedAt, firstCalledAt, endedAt }: Call): number =>
  Math.max(0, (endedAt ?? firstCalledAt).getTime() - (startedAt ?? firstCalledAt).getTime())
