import { localDay } from '../kernel/local-day.js'
import type { Tx } from '../platform/db/tx.js'
import { isInOutbox } from '../platform/mail/outbox.js'
import { normalisedMail } from '../visitors/index.js'
import { statusNow } from './booking.js'
import { mailAbout } from './booking-changes.js'
import type { BookingDeps } from './booking-deps.js'
import type { BookingStatus } from './booking.shape.js'
import { BookingStore } from './booking.store.js'

/** C3 */
const MOST_A_DAY = 3
const ACTIVE = new Set<BookingStatus>(['confirmed', 'pending'])

/**
 * C3: the links of what is active at an address are mailed there once more, three times a UTC day at most. Nothing is answered:
 * whoever asks learns no more than they may read in that mailbox.
 */
export const makeRecoverBookings =
  ({ clock, events }: Pick<BookingDeps, 'clock' | 'events'>) =>
  async (tx: Tx, { email }: { email: string }): Promise<void> => {
    const now = clock()
    await tx.own(`mail:${normalisedMail(email)}`)
    const day = localDay(now, 'UTC')
    const found = await new BookingStore(tx.em).ofMail(email, now)
    for (const { id, sequence, emailKey } of found.filter((booking) => ACTIVE.has(statusNow(booking, now)))) {
      for (let time = 1; time <= MOST_A_DAY; time++) {
        const occurrence = `${day} ${time}`
        if (await isInOutbox(tx, { kind: 'found-again', subjectId: id, occurrence })) continue
        await mailAbout(tx, { id, sequence, emailKey }, { kind: 'found-again', now, events, occurrence })
        break
      }
    }
  }
