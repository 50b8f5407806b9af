import { DAY_MS } from '../../kernel/clock.js'
import { IsNull, LessThan, Not } from 'typeorm'
import { KeptAnswerEntity } from '../db/kept-answer.entity.js'
import type { UnitOfWork } from '../db/unit-of-work.js'
import { WriteProbeEntity } from '../db/write-probe.entity.js'
import { OutboxEntity } from '../mail/outbox.entity.js'
import { JobRunEntity } from './job-run.entity.js'
import type { Job } from './jobs.js'

/** Throws away what nobody can ask for any more: kept answers (K9: 24 h), runs of jobs, instances that are gone. */
export const housekeepingJob = (unitOfWork: UnitOfWork): Job => ({
  name: 'housekeeping',
  run: async (now) => {
    const yesterday = LessThan(new Date(now.getTime() - DAY_MS))
    await unitOfWork.run(async ({ em }) => {
      await em.delete(KeptAnswerEntity, { createdAt: yesterday })
      await em.delete(JobRunEntity, { dueAt: yesterday })
      await em.update(OutboxEntity, { countedAt: yesterday, recipientHash: Not(IsNull()) }, { recipientHash: null })
      await em.delete(WriteProbeEntity, { writtenAt: yesterday })
    })
  },
})
