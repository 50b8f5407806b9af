import type { DataSource } from 'typeorm'
import { BookingStore } from '../bookings/index.js'
import { CounterStore, isOver, VersionStore } from '../counters/index.js'
import { localDay } from '../kernel/local-day.js'
import type { UnitOfWork } from '../platform/db/unit-of-work.js'
import type { Job } from '../platform/jobs/jobs.js'
import type { Site } from '../sites/index.js'
import { makeEndDay } from './end-day.js'
import type { QueueDeps } from './queue-deps.js'
import { TicketStore } from './ticket.store.js'
import { isDayOver } from './today.js'

interface Deps extends QueueDeps {
  dataSource: DataSource
  unitOfWork: UnitOfWork
}

/** Once a site's day is over, two hours after closing or at midnight, writes down what was left open (Q7). */
export function endDayJob(deps: Deps): Job {
  const endDay = makeEndDay(deps)
  return {
    name: 'end-day',
    run: async (now) => {
      for (const site of (await deps.directory.all()).sites) {
        if (!(await isDue(deps, site, now))) continue
        await deps.unitOfWork.run((tx) => endDay(tx, { siteId: site.id, who: 'system' }))
      }
    },
  }
}

async function isDue(deps: Deps, site: Site, now: Date): Promise<boolean> {
  const { manager } = deps.dataSource
  const { id: siteId } = site
  const day = localDay(now, site.timeZone)
  if (await isDayOver(deps, { site, day, now }, new VersionStore(manager))) return true
  if (isOver(await new VersionStore(manager).find(siteId), day)) return true
  const isLeftOpen = (await new CounterStore(manager).ofSite(siteId)).some(
    ({ openOn }) => openOn !== null && openOn < day,
  )
  if (isLeftOpen || (await new TicketStore(manager).leftOver({ siteId, day }, 1)).length > 0) return true
  return (await new BookingStore(manager).leftArrived(siteId, day, 1)).length > 0
}
