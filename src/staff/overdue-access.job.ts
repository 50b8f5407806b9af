import type { Job } from '../platform/jobs/jobs.js'
import { DeviceStore, SessionStore } from '../access/index.js'
import type { StaffDeps } from './staff-deps.js'

/** Throws away sessions and invitations whose time is over; they count for nothing before that already (I13). */
export const overdueAccessJob = ({ unitOfWork, events }: Pick<StaffDeps, 'unitOfWork' | 'events'>): Job => ({
  name: 'overdue-access',
  run: (now) =>
    unitOfWork.run(async (tx) => {
      const ended = await new SessionStore(tx.em).endOverdue(now)
      if (ended > 0) tx.afterCommit(() => events.publish('sessions.ended', {}))
      await new DeviceStore(tx.em).removeOverdue(now)
    }),
})
