import type { Job } from '../platform/jobs/jobs.js'
import { localDay } from '../kernel/local-day.js'
import { type Calendars, dayEnd, hoursFor, plansOf, siteHours } from '../seats/index.js'
import type { Site, SiteService } from '../sites/index.js'
import type { DataSource } from 'typeorm'
import type { UnitOfWork } from '../platform/db/unit-of-work.js'
import { moveOn } from './booking-changes.js'
import type { BookingDeps } from './booking-deps.js'
import { BookingStore } from './booking.store.js'
import { ignoreLostRace } from './lost-race.js'

const MOST = 1000

interface Deps extends BookingDeps {
  dataSource: DataSource
  unitOfWork: UnitOfWork
  calendars: Calendars
}

/** K11: once a site's day is over – two hours after it has closed –, who was expected and did not come is a no-show. */
export function noShowJob(deps: Deps): Job {
  return {
    name: 'no-shows',
    run: async (now) => {
      const { sites, offers } = await deps.directory.all()
      for (const site of sites) {
        await closeDay(deps, { site, offers: offers.filter(({ siteId }) => siteId === site.id) }, now)
      }
    },
  }
}

async function closeDay(
  deps: Deps,
  { site, offers }: { site: Site; offers: readonly SiteService[] },
  now: Date,
): Promise<void> {
  const expected = await new BookingStore(deps.dataSource.manager).notArrived(
    site.id,
    localDay(now, site.timeZone),
    MOST,
  )
  const plans = expected.length > 0 ? await plansOf(deps.calendars, offers) : []
  for (const booking of expected) {
    const hours = siteHours({ site, offers, plans }, booking.onDay)
    const own = { opensAt: booking.startsAt, closesAt: booking.endsAt }
    const end = dayEnd(hoursFor(hours ?? own, booking))
    if (end !== null && now < end) continue
    const step = { to: { status: 'no-show' }, who: 'system', what: 'no-show', at: now } as const
    await deps.unitOfWork.run((tx) => moveOn(tx, booking, step)).catch(ignoreLostRace)
  }
}
