import type { DataSource } from 'typeorm'
import { isDuplicate } from '../platform/db/db-errors.js'
import type { UnitOfWork } from '../platform/db/unit-of-work.js'
import type { BookingMetrics } from '../platform/booking-metrics.js'
import type { Job } from '../platform/jobs/jobs.js'
import type { Log } from '../platform/log.js'
import type { Site, SiteDirectory } from '../sites/index.js'
import { BookingAlarmStore } from './booking-alarm.store.js'
import { type Hour, hoursUntil, isUnusual, mayBeUnusual } from './unusual-hour.js'

interface Deps {
  dataSource: DataSource
  unitOfWork: UnitOfWork
  directory: SiteDirectory
  metrics: BookingMetrics
  log: Log
}

/** X4: the last sixty minutes of each site against the same ones of the four weeks before; one alarm an hour. */
export const bookingAlarmJob = (deps: Deps): Job => ({
  name: 'booking-alarms',
  run: async (now) => {
    for (const site of (await deps.directory.all()).sites) await watch(deps, site, now)
  },
})

async function watch({ dataSource, unitOfWork, metrics, log }: Deps, site: Site, now: Date): Promise<void> {
  const store = new BookingAlarmStore(dataSource.manager)
  const { hourAt, last, earlier } = hoursUntil(now, site.timeZone)
  const madeIn = ({ from, to }: Hour) => store.made(site.id, from, to)
  const bookings = await madeIn(last)
  if (!mayBeUnusual(bookings) || (await store.exists(site.id, hourAt))) return
  let sum = 0
  for (const hour of earlier) sum += await madeIn(hour)
  const usual = sum / earlier.length
  if (!isUnusual(bookings, usual)) return
  const alarm = { siteId: site.id, hourAt, bookings, usualTenths: Math.round(10 * usual), raisedAt: now }
  const isNew = await unitOfWork.run((tx) => new BookingAlarmStore(tx.em).add(alarm)).then(() => true, ofAnother)
  if (!isNew) return
  metrics.alarmed(site.id)
  log.warn({ site: site.id, bookings, usual }, 'far more bookings than usual in the last hour')
}

/** Another instance was first. */
function ofAnother(error: unknown): false {
  if (!isDuplicate(error)) throw error
  return false
}
