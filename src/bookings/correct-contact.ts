import { AppError, conflict, notAllowed } from '../kernel/app-error.js'
import { MINUTE_MS } from '../kernel/clock.js'
import type { Tx } from '../platform/db/tx.js'
import type { Origin } from '../platform/http/origin.js'
import { isInOutbox, supersede } from '../platform/mail/outbox.js'
import { normalisedMail } from '../visitors/index.js'
import { type Booking, statusNow } from './booking.js'
import { bookingOf, mailAbout, moveOn } from './booking-changes.js'
import { type BookingDeps, VISITOR } from './booking-deps.js'
import { assertMailHasRoom } from './booking-limits.js'
import { linkOf } from './booking-link.js'
import { BOOKING_MAILS } from './booking-mail.js'

/** C4: how long the browser that booked may put its address right. */
const CORRECTABLE_MS = 30 * MINUTE_MS

/** What is put right; what is not said stays. */
export interface Contact {
  email?: string
  phone?: string
}

interface CorrectCommand {
  booking: Booking
  contact: Contact
  who: string
  reason: string | null
}

/** A reminder says what is so whenever it is sent, to the address of then. All others were meant for who read them before. */
const OF_OLD_ADDRESS = BOOKING_MAILS.filter((kind) => kind !== 'reminder')

/**
 * C4: another address or number, and a link made anew, so that whoever reads the wrong mailbox has a dead one. Of two at
 * once the booking's sequence lets one pass (K3): the other's address is never mailed.
 */
const makeCorrect =
  ({ clock, secrets, events }: BookingDeps) =>
  async (tx: Tx, { booking, contact, who, reason }: CorrectCommand): Promise<Booking> => {
    const now = clock()
    const kind = statusNow(booking, now)
    if (booking.startsAt <= now && kind !== 'cancelled') throw conflict('too-late')
    if (kind !== 'confirmed' && kind !== 'pending') throw conflict('state', { state: kind })
    const { id, linkTurn, sequence } = booking
    const link = linkOf(secrets, { id, linkTurn: linkTurn + 1 })
    const to = { ...contactOf(booking, contact), ...link, sequence: sequence + 1 }
    const is = await moveOn(tx, booking, { to, who, what: 'correct-contact', at: now, reason })
    await supersede(tx, { subjectId: id, kinds: OF_OLD_ADDRESS })
    await mailAbout(tx, is, { kind, now, events })
    // S8: nobody at this address has been asked yet to choose another time.
    const offer = { kind: 'move-offered', subjectId: id, occurrence: String(sequence) } as const
    if (await isInOutbox(tx, offer)) await mailAbout(tx, is, { kind: 'move-offered', now, events })
    return is
  }

/** X6: of another address nobody has read a mail yet. */
const contactOf = (
  { email: was, phone: number, provenAt }: Booking,
  { email = was ?? undefined, phone = number ?? undefined }: Contact,
): Pick<Booking, 'email' | 'emailKey' | 'phone' | 'provenAt'> => ({
  email: email ?? null,
  emailKey: email === undefined ? null : normalisedMail(email),
  phone: phone ?? null,
  provenAt: email === was ? provenAt : null,
})

/** As each of our secrets knows the browser (docs/decisions/025); who has no cookie is nobody's browser. */
const isBrowserOf = ({ browserHash }: Booking, origin: Origin): boolean =>
  browserHash !== null && [origin, ...(origin.before ?? [])].some((asker) => asker.browserHash === browserHash)

/** C4: whether the browser that asks may still put this booking's address right. */
export function mayCorrect(booking: Booking, origin: Origin, now: Date): boolean {
  const status = statusNow(booking, now)
  const isActive = status === 'confirmed' || status === 'pending'
  return isActive && booking.startsAt > now && isBrowserOf(booking, origin) && isInTime(booking, now)
}

const isInTime = ({ bookedAt }: Booking, now: Date): boolean =>
  bookedAt !== null && now.getTime() < bookedAt.getTime() + CORRECTABLE_MS

export interface CorrectContactCommand {
  token: string
  contact: Contact
  origin: Origin
}

/**
 * The browser that booked, for half an hour (C4).
 * @throws not-found; forbidden `other-browser`; conflict `too-late`, `state`, `too-many-bookings`; not-allowed `contact-required`
 */
export const makeCorrectContact = (deps: BookingDeps) => {
  const correct = makeCorrect(deps)
  return async (tx: Tx, { token, contact, origin }: CorrectContactCommand): Promise<Booking> => {
    const { clock, secrets, settings } = deps
    const [now, { booking }] = [clock(), await bookingOf(tx, secrets, token)]
    if (!isBrowserOf(booking, origin)) throw new AppError('forbidden', 'other-browser')
    if (booking.status !== 'cancelled' && !isInTime(booking, now))
      throw conflict('too-late', { sentence: 'contact-too-late' })
    const { email = booking.email } = contact
    if (email === null) throw notAllowed('contact-required')
    await assertMailHasRoom(tx, { ...booking, emailKey: normalisedMail(email) }, { now, settings })
    return correct(tx, { booking, contact, who: VISITOR, reason: null })
  }
}

/** Staff, after looking at a document; K10: beyond K5. @throws conflict `too-late`, `state` */
export const makeCorrectContactFor = (deps: BookingDeps) => makeCorrect(deps)
