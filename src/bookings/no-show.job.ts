import type { Job } from '../platform/jobs/jobs.js'
import { localDay } from '../kernel/local-day.js'
import { type Calendars, offeredDay } from '../seats/index.js'
import type { Site } from '../sites/index.js'
import type { DataSource } from 'typeorm'
import type { UnitOfWork } from '../platform/db/unit-of-work.js'
import type { Booking } from './booking.js'
import { moveOn } from './booking-changes.js'
import type { BookingDeps } from './booking-deps.js'
import { BookingStore } from './booking.store.js'
import { ignoreLostRace } from './overdue.job.js'

/** K11 */
const AFTER_CLOSING_MS = 2 * 3_600_000
const MOST = 1000

interface Deps extends BookingDeps {
  dataSource: DataSource
  unitOfWork: UnitOfWork
  calendars: Calendars
}

/** K11: two hours after a site has closed, who was expected and did not come is a no-show. */
export function noShowJob(deps: Deps): Job {
  return {
    name: 'no-shows',
    run: async (now) => {
      for (const site of (await deps.directory.all()).sites) await closeDay(deps, site, now)
    },
  }
}

async function closeDay(deps: Deps, site: Site, now: Date): Promise<void> {
  const expected = await new BookingStore(deps.dataSource.manager).notArrived(
    site.id,
    localDay(now, site.timeZone),
    MOST,
  )
  for (const booking of expected) {
    const closesMs = Math.max(booking.endsAt.getTime(), await closingMs(deps.calendars, booking))
    if (now.getTime() < closesMs + AFTER_CLOSING_MS) continue
    const step = { to: { status: 'no-show' }, who: 'system', what: 'no-show', at: now } as const
    await deps.unitOfWork.run((tx) => moveOn(tx, booking, step)).catch(ignoreLostRace)
  }
}

/** End of the last slot the booking's calendar offers that day; 0 when it offers none any more. */
async function closingMs(calendars: Calendars, { siteId, serviceId, onDay }: Booking): Promise<number> {
  const plan = await calendars.planOf(siteId, serviceId)
  return plan ? (offeredDay(plan, onDay).slots.at(-1)?.endsAt.getTime() ?? 0) : 0
}
