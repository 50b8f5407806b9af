import { AppError, conflict } from '../kernel/app-error.js'
import { localDay } from '../kernel/local-day.js'
import { together } from '../platform/db/together.js'
import type { Tx } from '../platform/db/tx.js'
import type { EventBus } from '../platform/events.js'
import { isInOutbox } from '../platform/mail/outbox.js'
import type { Secrets } from '../platform/secrets.js'
import { personHashesOf } from '../visitors/index.js'
import { mailAbout } from './booking-changes.js'
import type { Booking } from './booking.js'
import type { BookingSettings } from './booking-deps.js'
import { type ActiveBooking, BookingStore, type LimitKeys } from './booking.store.js'
import { openTaxCode } from './sealed-tax-code.js'

/** Of a booking that is there: its person as each of our secrets knows them (docs/decisions/025). */
export function limitKeysOf(secrets: Secrets, { taxCodeSealed, personHash, serviceId, emailKey }: Booking): LimitKeys {
  const taxCode = taxCodeSealed === null ? null : openTaxCode(secrets, taxCodeSealed)
  return { serviceId, emailKey, personHashes: taxCode === null ? [personHash ?? ''] : personHashesOf(secrets, taxCode) }
}

interface LimitDeps {
  now: Date
  settings: BookingSettings
  events: EventBus
}

/** K5, counted while nobody else books for the same person or address. What is pending counts for nobody (X3). */
export async function countActive(tx: Tx, keys: LimitKeys, now: Date): Promise<ActiveBooking[]> {
  const [, active] = await together([
    tx.own(
      ...keys.personHashes.map((hash) => `person:${hash}`),
      ...(keys.emailKey === null ? [] : [`mail:${keys.emailKey}`]),
    ),
    new BookingStore(tx.em).active({ ...keys, now }),
  ])
  return active
}

/**
 * K5, by what `countActive` has counted.
 * @throws conflict `already-booked` – the first booking's link is mailed once more to its own address, once a day at
 * most, and nothing of it is told here; conflict `too-many-bookings`
 */
export async function assertWithinLimits(
  tx: Tx,
  { keys, active }: { keys: LimitKeys; active: readonly ActiveBooking[] },
  { now, settings, events }: LimitDeps,
): Promise<void> {
  const { first, ofMail } = reached(active, keys, settings)
  if (first) {
    await mailLinkAgain(tx, first, { now, events })
    throw new AppError('conflict', 'already-booked', {}, { keepsWrites: true })
  }
  if (ofMail) throw conflict('too-many-bookings')
}

/** K5 where a booking gets another address; its person is counted already. @throws conflict `too-many-bookings` */
export async function assertMailHasRoom(
  tx: Tx,
  { id, personHash, serviceId, emailKey }: Pick<Booking, 'id' | 'personHash' | 'serviceId' | 'emailKey'>,
  { now, settings }: Pick<LimitDeps, 'now' | 'settings'>,
): Promise<void> {
  const active = await countActive(tx, { serviceId, emailKey, personHashes: [personHash ?? ''] }, now)
  const others = active.filter((booking) => booking.emailKey === emailKey && booking.id !== id)
  if (others.length >= settings.perMail) throw conflict('too-many-bookings')
}

/** Only looks: K5 would let whoever has this booking book another one now (D1). */
export async function isWithinLimits(
  store: BookingStore,
  keys: LimitKeys,
  { now, settings }: { now: Date; settings: BookingSettings },
): Promise<boolean> {
  const { first, ofMail } = reached(await store.active({ ...keys, now }), keys, settings)
  return first === null && !ofMail
}

/** Which of K5's limits is reached: the person's first booking for the service, or the address's many. */
function reached(
  active: readonly ActiveBooking[],
  keys: LimitKeys,
  { perPerson, perMail }: BookingSettings,
): { first: ActiveBooking | null; ofMail: boolean } {
  const ofPerson = active.filter(
    ({ personHash, serviceId }) => keys.personHashes.includes(personHash ?? '') && serviceId === keys.serviceId,
  )
  const ofMail = active.filter(({ emailKey }) => emailKey !== null && emailKey === keys.emailKey)
  return { first: ofPerson.length >= perPerson ? (ofPerson[0] ?? null) : null, ofMail: ofMail.length >= perMail }
}

/** UTC day: only to keep somebody who tries again and again from filling a mailbox. */
async function mailLinkAgain(
  tx: Tx,
  booking: ActiveBooking,
  { now, events }: { now: Date; events: EventBus },
): Promise<void> {
  const day = localDay(now, 'UTC')
  if (await isInOutbox(tx, { kind: 'link-again', subjectId: booking.id, occurrence: day })) return
  await mailAbout(tx, booking, { kind: 'link-again', now, events, occurrence: day })
}
