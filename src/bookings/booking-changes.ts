import { recordChange } from '../audit/index.js'
import { conflict, notFound } from '../kernel/app-error.js'
import { together } from '../platform/db/together.js'
import type { Tx } from '../platform/db/tx.js'
import type { EventBus } from '../platform/events.js'
import { addToOutbox } from '../platform/mail/outbox.js'
import type { Secrets } from '../platform/secrets.js'
import { type Booking, slotSpans, statusNow } from './booking.js'
import { findByLink, type FoundByLink } from './booking-link.js'
import type { BookingMail } from './booking-mail.js'
import { BookingStore } from './booking.store.js'
import type { SeatsTaken } from '../seats/index.js'

/**
 * Queues the mail of what has just become of a booking, in the same transaction (L4); `occurrence`: its sequence. Of who
 * gave no address nobody is written to (C1).
 */
export async function mailAbout(
  tx: Tx,
  booking: Pick<Booking, 'id' | 'sequence' | 'emailKey'>,
  mail: { kind: BookingMail; now: Date; events: EventBus; occurrence?: string },
): Promise<void> {
  const { kind, now, events, occurrence = String(booking.sequence) } = mail
  if (booking.emailKey === null) return
  await addToOutbox(tx, { kind, subjectId: booking.id, occurrence, dueAt: now })
  tx.afterCommit(() => events.publish('outbox.added', {}))
}

export interface Step {
  who: string
  what: string
  at: Date
  reason?: string | null
}

/** Writes the audit record of a booking's change of state or time (I4). */
export const auditBooking = (
  tx: Tx,
  { was, is, ...step }: Step & { was: Booking | null; is: Booking },
): Promise<void> =>
  recordChange(tx, {
    ...step,
    subjectKind: 'booking',
    subjectId: is.id,
    from: was && `${was.status} ${was.startsAt.toISOString()}`,
    to: `${is.status} ${is.startsAt.toISOString()}`,
  })

/**
 * Moves a booking on by compare-and-swap (K3). Its record is written beside it: who goes on after a lost race undoes this.
 * @throws conflict `state` with the state found when somebody else was first
 */
export async function moveOn(tx: Tx, was: Booking, { to, ...step }: Step & { to: Partial<Booking> }): Promise<Booking> {
  const store = new BookingStore(tx.em)
  const is = { ...was, ...to }
  const [isChanged] = await together([store.change(was, to), auditBooking(tx, { was, is, ...step })])
  if (isChanged) return is
  const found = await store.findById(was.id)
  throw conflict('state', { state: found ? statusNow(found, step.at) : 'expired' })
}

/** @throws not-found for a forged token, the same as for an unknown one (L2), and for what is only held */
export async function bookingOf(tx: Tx, secrets: Secrets, token: string): Promise<FoundByLink> {
  const found = await findByLink(new BookingStore(tx.em), secrets, token)
  if (!found) throw notFound()
  return found
}

/** X6: who acts by a mailed link has read the mail, so that the address is the person's. */
export const proven = (isProven: boolean, now: Date): Pick<Booking, 'provenAt'> | null =>
  isProven ? { provenAt: now } : null

export const seatsOf = (booking: Booking, timeZone: string): SeatsTaken => ({
  siteId: booking.siteId,
  calendarId: booking.calendarId,
  timeZone,
  spans: slotSpans(booking),
})
