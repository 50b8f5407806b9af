import type { DataSource } from 'typeorm'
import { CounterStore, exampleCounters } from './counters/index.js'
import type { Clock } from './kernel/clock.js'
import { exampleMatters, MatterStore } from './matters/index.js'
import type { UnitOfWork } from './platform/db/unit-of-work.js'
import type { EventBus } from './platform/events.js'
import { exampleCalendar, makeAddClosure, makeSaveCalendar } from './scheduling/index.js'
import { outdateSeats } from './seats/index.js'
import { exampleSites, SiteStore } from './sites/index.js'

interface Deps {
  dataSource: DataSource
  unitOfWork: UnitOfWork
  clock: Clock
  events: EventBus
}

/** Legnano's patron, local custom (domain.md), in the years a demo is likely to be shown. */
const PATRON_DAYS = [2025, 2026, 2027, 2028].map((year) => ({ fromOn: `${year}-11-05`, toOn: `${year}-11-06` }))

/** Fills an empty database with the example sites and matters, in one transaction. @returns false when there is something already */
export async function loadExamples({ dataSource, unitOfWork, clock, events }: Deps): Promise<boolean> {
  const isEmpty = async (em = dataSource.manager) => (await new SiteStore(em).loadAll()).sites.length === 0
  if (!(await isEmpty())) return false
  const deps = { clock, events, outdateSeats }
  const [saveCalendar, addClosure] = [makeSaveCalendar(deps), makeAddClosure(deps)]
  const facts = exampleSites()
  return unitOfWork.run(async (tx) => {
    // Instances that start together take turns; the second finds the first one's sites.
    await tx.own('example-data')
    if (!(await isEmpty(tx.em))) return false
    await new SiteStore(tx.em).addAll(facts)
    await new MatterStore(tx.em).add(...exampleMatters())
    await new CounterStore(tx.em).add(...exampleCounters(facts.sites.map(({ id }) => id)))
    for (const { id: siteId } of facts.sites)
      await saveCalendar(tx, { ...exampleCalendar(), siteId, who: 'example-data' })
    for (const range of PATRON_DAYS) {
      const closure = {
        siteId: 'legnano',
        calendarId: null,
        reason: 'festa patronale',
        isPublic: true,
        who: 'example-data',
      }
      await addClosure(tx, { ...closure, range })
    }
    tx.afterCommit(() => events.publish('site.changed', { siteId: 'legnano' }))
    tx.afterCommit(() => events.publish('matters.changed', {}))
    return true
  })
}
