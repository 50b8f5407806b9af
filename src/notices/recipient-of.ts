import type { Booking } from '../bookings/index.js'
import type { Clock } from '../kernel/clock.js'
import type { Untold } from '../platform/mail/mail.js'
import type { OutboxEntity } from '../platform/mail/outbox.entity.js'
import type { Recipient } from '../platform/mail/recipients.store.js'
import type { Secrets } from '../platform/secrets.js'
import { normalisedMail } from '../visitors/index.js'
import { isNoticeKind } from './notice.js'
import { isStillTrue } from './notice-rules.js'

interface Deps {
  findBooking: (id: string) => Promise<Booking | null>
  secrets: Secrets
  clock: Clock
}

const MARK_LENGTH = 8

/** Whom an outbox row is for (X5); or why nobody is to read it any more, which costs nobody a message. */
export const makeRecipientOf =
  ({ findBooking, secrets, clock }: Deps) =>
  async ({ kind, subjectId, occurrence }: OutboxEntity): Promise<Recipient | Untold> => {
    const booking = await findBooking(subjectId)
    if (!booking || booking.email === null) return 'erased'
    if (isNoticeKind(kind) && !isStillTrue({ kind, occurrence }, booking, clock())) return 'superseded'
    return {
      hash: secrets.keyedHash('recipient', normalisedMail(booking.email)),
      mark: secrets.keyedHash('recipient-address', booking.email).slice(0, MARK_LENGTH),
    }
  }
