import type { DataSource } from 'typeorm'
import type { Tx } from '../platform/db/tx.js'
import type { UnitOfWork } from '../platform/db/unit-of-work.js'
import type { BookingMetrics } from '../platform/booking-metrics.js'
import type { Job } from '../platform/jobs/jobs.js'
import type { Log } from '../platform/log.js'
import type { Site, SiteDirectory } from '../sites/index.js'
import type { BookingAlarmEntity } from './booking-alarm.entity.js'
import { BookingAlarmStore } from './booking-alarm.store.js'
import { type Hour, hoursUntil, isUnusual, mayBeUnusual } from './unusual-hour.js'

interface Deps {
  dataSource: DataSource
  unitOfWork: UnitOfWork
  directory: SiteDirectory
  metrics: BookingMetrics
  log: Log
}

/** X4: the last sixty minutes of each site against the same ones of the four weeks before; no two alarms within as many. */
export const bookingAlarmJob = (deps: Deps): Job => ({
  name: 'booking-alarms',
  run: async (now) => {
    for (const site of (await deps.directory.all()).sites) await watch(deps, site, now)
  },
})

async function watch({ dataSource, unitOfWork, metrics, log }: Deps, site: Site, now: Date): Promise<void> {
  const store = new BookingAlarmStore(dataSource.manager)
  const { last, earlier } = hoursUntil(now, site.timeZone)
  const bookings = await store.made(site.id, last)
  if (!mayBeUnusual(bookings) || (await store.isRaised(site.id, last.from))) return
  let sum = 0
  for (const hour of earlier) sum += await store.made(site.id, hour)
  const usual = sum / earlier.length
  if (!isUnusual(bookings, usual)) return
  const hourAt = (await store.firstMade(site.id, last)) ?? last.from
  const alarm = { siteId: site.id, hourAt, bookings, usualTenths: Math.round(10 * usual), raisedAt: now }
  if (!(await unitOfWork.run((tx) => raise(tx, alarm, last)))) return
  metrics.alarmed(site.id)
  log.warn({ site: site.id, bookings, usual }, 'far more bookings than usual in the last hour')
}

/**
 * Looks once more, alone with the site's alarms: another instance may have been first. Of two alarms sixty minutes apart
 * neither counts a booking of the other. @returns false when one was raised within the hour
 */
async function raise(tx: Tx, alarm: BookingAlarmEntity, last: Hour): Promise<boolean> {
  await tx.own(`booking-alarms:${alarm.siteId}`)
  const store = new BookingAlarmStore(tx.em)
  if (await store.isRaised(alarm.siteId, last.from)) return false
  await store.add(alarm)
  return true
}
