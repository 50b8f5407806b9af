import { eraseReasons, recordChange } from '../audit/index.js'
import type { UnitOfWork } from '../platform/db/unit-of-work.js'
import type { Job } from '../platform/jobs/jobs.js'
import type { BookingSettings } from './booking-deps.js'
import { BookingStore } from './booking.store.js'

const DAY_MS = 86_400_000

/** A4: erases the personal data of bookings that are long over. Counts remain. */
export const retentionJob = ({ unitOfWork, settings }: { unitOfWork: UnitOfWork; settings: BookingSettings }): Job => ({
  name: 'retention',
  run: async (now) => {
    await unitOfWork.run(async (tx) => {
      const endedBefore = new Date(now.getTime() - settings.retentionDays * DAY_MS)
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
    })
  },
})
