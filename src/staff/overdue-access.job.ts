import type { UnitOfWork } from '../platform/db/unit-of-work.js'
import type { Job } from '../platform/jobs/jobs.js'
import { DeviceStore } from './device.store.js'
import { SessionStore } from './session.store.js'

/** Throws away sessions and invitations whose time is over; they count for nothing before that already (I13). */
export const overdueAccessJob = (unitOfWork: UnitOfWork): Job => ({
  name: 'overdue-access',
  run: (now) =>
    unitOfWork.run(async ({ em }) => {
      await new SessionStore(em).endOverdue(now)
      await new DeviceStore(em).removeOverdue(now)
    }),
})
