import type { Clock } from '../../kernel/clock.js'
import type { UnitOfWork } from '../db/unit-of-work.js'
import type { Untold } from './mail.js'
import type { OutboxEntity } from './outbox.entity.js'
import { type Admission, admitMail, type MailLimits, type Recipient } from './recipients.store.js'

/** Whether a message may go now (X5), or why it goes no more. */
export type Admit = (row: OutboxEntity) => Promise<Admission | Untold>

interface Deps {
  unitOfWork: Pick<UnitOfWork, 'run'>
  clock: Clock
  recipientOf: (row: OutboxEntity) => Promise<Recipient | Untold>
  /** Null: none (`RATE_LIMITS=off`). */
  limits: MailLimits | null
}

export const makeAdmit =
  ({ unitOfWork, clock, recipientOf, limits }: Deps): Admit =>
  async (row) => {
    if (!limits) return 'send'
    const recipient = await recipientOf(row)
    if (typeof recipient === 'string') return recipient
    return unitOfWork.run((tx) => admitMail(tx, row, { recipient, limits, now: clock() }))
  }
