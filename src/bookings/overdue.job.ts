import type { DataSource } from 'typeorm'
import type { Job } from '../platform/jobs/jobs.js'
import type { UnitOfWork } from '../platform/db/unit-of-work.js'
import { type Booking, NOWHERE } from './booking.js'
import { moveOn, seatsOf } from './booking-changes.js'
import type { BookingDeps } from './booking-deps.js'
import { BookingStore } from './booking.store.js'
import { ignoreLostRace } from './lost-race.js'

/** Keeps a run short; what is left comes a minute later and counts for nothing meanwhile (K4). */
const MOST = 500

interface Deps extends BookingDeps {
  dataSource: DataSource
  unitOfWork: UnitOfWork
}

/** Writes down that holds and pending bookings are over, and gives their seats back for good. */
export function overdueJob(deps: Deps): Job {
  const expire = async (booking: Booking, now: Date) => {
    const { timeZone } = await deps.directory.site(booking.siteId)
    await deps.unitOfWork.run(async (tx) => {
      await moveOn(tx, booking, {
        to: { status: 'expired', ...(booking.status === 'held' && NOWHERE) },
        who: 'system',
        what: 'expire',
        at: now,
      })
      await deps.seats.letGo(tx, booking.id, seatsOf(booking, timeZone))
    })
  }
  return {
    name: 'overdue-holds',
    run: async (now) => {
      for (const booking of await new BookingStore(deps.dataSource.manager).overdue(now, MOST)) {
        await expire(booking, now).catch(ignoreLostRace)
      }
    },
  }
}
