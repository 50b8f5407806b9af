import type { DataSource } from 'typeorm'
import { type Counter, CounterStore, isOpen } from '../counters/index.js'
import { localDay } from '../kernel/local-day.js'
import type { UnitOfWork } from '../platform/db/unit-of-work.js'
import type { Job } from '../platform/jobs/jobs.js'
import { parkAndClose } from './close-counter.js'
import type { QueueDeps } from './queue-deps.js'
import { openQueueOfCounter } from './today.js'

interface Deps extends QueueDeps {
  dataSource: DataSource
  unitOfWork: UnitOfWork
}

/** Q8: counters whose session is over – idle, too old, ended – or may no longer work there: put aside and closed. */
export function abandonedCountersJob(deps: Deps): Job {
  return {
    name: 'abandoned-counters',
    run: async (now) => {
      for (const { id, timeZone } of (await deps.directory.all()).sites) {
        const counters = await new CounterStore(deps.dataSource.manager).ofSite(id)
        const open = counters.filter((counter) => isOpen(counter, localDay(now, timeZone)))
        for (const counter of open) await release(deps, counter)
      }
    },
  }
}

async function release(deps: Deps, { id, siteId, sessionId }: Counter): Promise<void> {
  const isAbandoned = async (em: DataSource['manager']) =>
    sessionId === null || !(await deps.isAtWork(em, sessionId, siteId))
  if (!(await isAbandoned(deps.dataSource.manager))) return
  await deps.unitOfWork.run(async (tx) => {
    const { unit, counter } = await openQueueOfCounter(tx, deps, id)
    const isSame = counter.sessionId === sessionId && isOpen(counter, unit.today)
    if (isSame && (await isAbandoned(tx.em))) await parkAndClose(unit, counter, 'system')
  })
}
