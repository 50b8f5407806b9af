import { DateTime } from 'luxon'
import type { DataSource } from 'typeorm'
import { isDuplicate } from '../platform/db/db-errors.js'
import type { UnitOfWork } from '../platform/db/unit-of-work.js'
import type { BookingMetrics } from '../platform/booking-metrics.js'
import type { Job } from '../platform/jobs/jobs.js'
import type { Log } from '../platform/log.js'
import type { Site, SiteDirectory } from '../sites/index.js'
import { BookingAlarmStore } from './booking-alarm.store.js'

/** X4: fewer an hour alarm nobody, and more only beyond so many times the mean of as many weeks. */
const LEAST = 20
const TIMES = 5
const WEEKS = 4

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
  const local = DateTime.fromJSDate(now, { zone: site.timeZone })
  const madeBefore = (end: DateTime) => store.made(site.id, end.minus({ hours: 1 }).toJSDate(), end.toJSDate())
  const bookings = await madeBefore(local)
  const hourAt = local.startOf('hour').toJSDate()
  if (bookings < LEAST || (await store.exists(site.id, hourAt))) return
  let earlier = 0
  for (let week = 1; week <= WEEKS; week++) earlier += await madeBefore(local.minus({ weeks: week }))
  if (bookings <= (TIMES * earlier) / WEEKS) return
  const usualTenths = Math.round((10 * earlier) / WEEKS)
  const alarm = { siteId: site.id, hourAt, bookings, usualTenths, raisedAt: now }
  const isNew = await unitOfWork.run((tx) => new BookingAlarmStore(tx.em).add(alarm)).then(() => true, ofAnother)
  if (!isNew) return
  metrics.alarmed(site.id)
  log.warn({ site: site.id, bookings, usual: usualTenths / 10 }, 'far more bookings than usual in the last hour')
}

/** Another instance was first. */
function ofAnother(error: unknown): false {
  if (!isDuplicate(error)) throw error
  return false
}
