import { DAY_MS } from '../kernel/clock.js'
import { eraseReasons, eraseTicketReasons, recordChange } from '../audit/index.js'
import type { Tx } from '../platform/db/tx.js'
import type { UnitOfWork } from '../platform/db/unit-of-work.js'
import type { Job } from '../platform/jobs/jobs.js'
import type { BookingSettings } from './booking-deps.js'
import { BookingStore } from './booking.store.js'

/** A4: erases the personal data of bookings that are long over, and of tickets once a day. Counts remain. */
export const retentionJob = ({ unitOfWork, settings }: { unitOfWork: UnitOfWork; settings: BookingSettings }): Job => {
  /** The day up to which this instance has read the tickets. */
  let ticketsUntil: string | null = null
  return {
    name: 'retention',
    run: async (now) => {
      const endedBefore = new Date(now.getTime() - settings.retentionDays * DAY_MS)
      const day = endedBefore.toISOString().slice(0, 10)
      await unitOfWork.run(async (tx) => {
        if (day !== ticketsUntil) await eraseTicketReasons(tx, endedBefore)
        await erase(tx, { endedBefore, now })
      })
      ticketsUntil = day
    },
  }
}

async function erase(tx: Tx, { endedBefore, now }: { endedBefore: Date; now: Date }): Promise<void> {
  await eraseReasons(tx, endedBefore)
  const erased = await new BookingStore(tx.em).erasePersons(endedBefore)
  if (erased === 0) return
  const change = {
    at: now,
    who: 'system',
    what: 'erase-persons',
    subjectKind: 'booking',
    subjectId: `${erased} bookings`,
  } as const
  await recordChange(tx, change)
}
