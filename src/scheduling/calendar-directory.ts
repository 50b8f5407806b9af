import type { DataSource } from 'typeorm'
import { isSqlite } from '../platform/db/engine.js'
import type { Tx } from '../platform/db/tx.js'
import type { EventBus } from '../platform/events.js'
import { SharedReads } from '../platform/shared-read.js'
import type { SiteDirectory } from '../sites/index.js'
import type { CalendarPlan } from '../recurrence/index.js'
import { type CalendarHead, PlanStore } from './plan.store.js'

/** Another instance may change a shared database: versions in memory are believed for this long. */
const BELIEVED_MS = 1000

interface Known {
  plans: CalendarPlan[]
  revision: number
  readAtMs: number
}

interface Deps {
  dataSource: DataSource
  events: EventBus
  /** Forgets with it: a calendar's new version stands for a changed site too. */
  directory: Pick<SiteDirectory, 'forget'>
}

/** The present plans of all calendars, in memory. A plan is the same object until its calendar changes. */
export class CalendarDirectory {
  private known: Known | null = null
  private readonly loading = new SharedReads<CalendarPlan[]>()
  private readonly inUnits = new Map<string, CalendarPlan>()
  private revision = 0

  constructor(private readonly deps: Deps) {
    deps.events.on('calendar.changed', () => {
      this.revision++
    })
    deps.events.on('site.changed', () => {
      this.revision++
      this.known = null
      this.inUnits.clear()
    })
  }

  /** @returns null when no calendar of the site serves the service */
  async planOf(siteId: string, serviceId: string): Promise<CalendarPlan | null> {
    const plans = this.fresh() ?? (await this.load())
    return plans.find((plan) => plan.siteId === siteId && plan.serviceIds.includes(serviceId)) ?? null
  }

  /** The same as a unit of work sees it, its own changes included. */
  async planIn(tx: Tx, siteId: string, serviceId: string): Promise<CalendarPlan | null> {
    const store = new PlanStore(tx.em)
    const heads = await store.headsOf(siteId)
    const head = heads.find(({ serviceIds }) => serviceIds.includes(serviceId))
    if (!head) return null
    const known = this.planAt(head)
    if (known) return known
    const plan = await store.loadPlan(siteId, head.id)
    this.deps.directory.forget()
    // Only what is committed is remembered: this unit may have changed the calendar itself and be undone.
    if (plan) tx.afterCommit(() => this.inUnits.set(keyOf(plan.siteId, plan.calendarId), plan))
    return plan
  }

  /** False once a plan has been replaced, or is too old to be believed of a shared database. */
  isCurrent(plan: CalendarPlan): boolean {
    return this.fresh()?.includes(plan) ?? false
  }

  private fresh(): CalendarPlan[] | null {
    if (this.known?.revision !== this.revision) return null
    const isOld = performance.now() - this.known.readAtMs > BELIEVED_MS && !isSqlite(this.deps.dataSource)
    return isOld ? null : this.known.plans
  }

  private load(): Promise<CalendarPlan[]> {
    const { revision } = this
    return this.loading.of(`${revision}`, () => this.read(revision))
  }

  private async read(revision: number): Promise<CalendarPlan[]> {
    const readAtMs = performance.now()
    const store = new PlanStore(this.deps.dataSource.manager)
    const known = this.known?.revision === revision ? this.known.plans : null
    const isKnown = known !== null && isSame(known, await store.heads())
    const plans = known && isKnown ? known : await store.loadPlans()
    // After the plans: what is then read of the sites is at least as new as they are.
    if (!isKnown) this.deps.directory.forget()
    const kept = plans.map((plan) => this.planAt({ ...plan, id: plan.calendarId }) ?? plan)
    // A change during the read may or may not be in it: then it is used once and not kept.
    if (this.revision === revision) this.known = { plans: kept, revision, readAtMs }
    return kept
  }

  private planAt({ siteId, id, version }: Omit<CalendarHead, 'serviceIds'>): CalendarPlan | null {
    const plan = this.known?.plans.find((each) => each.siteId === siteId && each.calendarId === id)
    if (plan?.version === version) return plan
    const other = this.inUnits.get(keyOf(siteId, id))
    return other?.version === version ? other : null
  }
}

const keyOf = (siteId: string, calendarId: string): string => `${siteId}/${calendarId}`

const isSame = (plans: readonly CalendarPlan[], heads: readonly CalendarHead[]): boolean =>
  plans.length === heads.length &&
  heads.every(({ siteId, id, version }) =>
    plans.some((plan) => plan.siteId === siteId && plan.calendarId === id && plan.version === version),
  )
