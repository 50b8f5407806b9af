import { bookingAlarmJob, noShowJob, overdueJob, retentionJob } from './bookings/index.js'
import type { House, Parts } from './house.js'
import { ReminderStore, remindersJob } from './notices/index.js'
import { housekeepingJob } from './platform/jobs/housekeeping.job.js'
import { Jobs } from './platform/jobs/jobs.js'
import { walJob } from './platform/jobs/wal.job.js'
import type { Rooms } from './wiring.js'

/** What is done without anybody asking, each by one instance. */
export function makeJobs({ config, dataSource, clock, log }: Parts, { unitOfWork, events }: House, rooms: Rooms): Jobs {
  const booking = { ...rooms.bookingDeps, unitOfWork, calendars: rooms.calendars }
  const jobs = [
    overdueJob(booking),
    noShowJob(booking),
    remindersJob({ reminders: new ReminderStore(dataSource.manager), unitOfWork, events, sites: rooms.directory }),
    ...rooms.officeJobs,
    bookingAlarmJob({ ...booking, log }),
    retentionJob(booking),
    housekeepingJob(unitOfWork),
    walJob({ dataSource, dataDir: config.dataDir }),
  ]
  return new Jobs(jobs, { unitOfWork, clock, log })
}
