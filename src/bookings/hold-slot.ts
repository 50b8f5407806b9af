import { randomUUID } from 'node:crypto'
import { conflict, notFound } from '../kernel/app-error.js'
import { MINUTE_MS } from '../kernel/clock.js'
import { localDay } from '../kernel/local-day.js'
import type { Lang } from '../messages/index.js'
import { together } from '../platform/db/together.js'
import type { Tx } from '../platform/db/tx.js'
import type { Origin } from '../platform/http/origin.js'
import { fingerprint, type Secrets } from '../platform/secrets.js'
import type { SeatPlan } from '../seats/index.js'
import { type Booking, NOBODY, NOWHERE, statusNow } from './booking.js'
import { auditBooking, moveOn, seatsOf } from './booking-changes.js'
import { type BookingDeps, VISITOR } from './booking-deps.js'
import { linkOf } from './booking-link.js'
import { BookingStore } from './booking.store.js'
import { assertMayHold } from './waiting-limits.js'

export interface SlotChoice {
  siteId: string
  serviceId: string
  startsAt: Date
  persons: number
}

export interface HoldSlotCommand extends SlotChoice {
  lang: Lang
  origin: Origin
}

/** A booking without a person: seats on the way to being somebody's. */
export function blankBooking(
  secrets: Secrets,
  plan: SeatPlan,
  choice: SlotChoice & { lang: Lang; now: Date },
): Booking {
  const id = randomUUID()
  const { siteId, calendarId, startsAt, endsAt, slotMinutes, slots, timeZone } = plan
  return {
    ...NOBODY,
    id,
    code: null,
    ...linkOf(secrets, { id, linkTurn: 0 }),
    holdHash: null,
    siteId,
    serviceId: choice.serviceId,
    calendarId,
    startsAt,
    endsAt,
    onDay: localDay(startsAt, timeZone),
    slotMinutes,
    slotCount: slots.length,
    persons: choice.persons,
    status: 'held',
    expiresAt: null,
    sequence: 0,
    lang: choice.lang,
    createdAt: choice.now,
    bookedAt: null,
    confirmedAt: null,
    provenAt: null,
  }
}

/** What is kept of where a request came from. */
export const whence = ({ browserHash, addressHash, networkHash }: Origin): Pick<Booking, keyof typeof NOWHERE> => ({
  browserHash,
  addressHash,
  networkHash,
})

/**
 * Keeps seats for the time one needs to fill in a form (K4). `hold` is the secret that turns them into a booking.
 * @throws not-allowed `not-offered`; conflict `slot-full`; too-many `too-many-holds` (X1)
 */
export const makeHoldSlot =
  (deps: BookingDeps) =>
  async (tx: Tx, command: HoldSlotCommand): Promise<{ booking: Booking; hold: string }> => {
    const { clock, secrets, seats, settings } = deps
    const { origin } = command
    const now = clock()
    const plan = await seats.plan(tx, { ...command, now })
    const blank = blankBooking(secrets, plan, { ...command, now })
    const [looked] = await together([
      seats.assertFree(tx, plan, now),
      assertMayHold(tx, deps, { origin, booking: blank, now }),
    ])
    const hold = secrets.tokenFor('hold', blank.id)
    const expiresAt = new Date(now.getTime() + settings.holdMinutes * MINUTE_MS)
    const booking: Booking = { ...blank, ...whence(origin), holdHash: fingerprint(hold), expiresAt }
    await together([
      new BookingStore(tx.em).add(booking),
      auditBooking(tx, { was: null, is: booking, who: VISITOR, what: 'hold-slot', at: now }),
      seats.take(tx, plan, { now, claim: { holderId: booking.id, until: expiresAt }, looked }),
    ])
    return { booking, hold }
  }

/** Only looks. @throws not-allowed `not-offered`; conflict `slot-full` */
export const makeAssertFree =
  ({ clock, seats }: BookingDeps) =>
  async (tx: Tx, choice: SlotChoice): Promise<void> => {
    const now = clock()
    await seats.assertFree(tx, await seats.plan(tx, { ...choice, now }), now)
  }

/**
 * Lets a hold go before its time; again: nothing more happens.
 * @throws not-found for an unknown hold; conflict `state` when it has become a booking
 */
export const makeReleaseHold =
  ({ clock, seats, directory }: BookingDeps) =>
  async (tx: Tx, { hold }: { hold: string }): Promise<void> => {
    const now = clock()
    const booking = await new BookingStore(tx.em).findByHold(fingerprint(hold))
    if (!booking) throw notFound()
    const state = statusNow(booking, now)
    if (state === 'expired') return
    if (state !== 'held') throw conflict('state', { state })
    const { timeZone } = await directory.site(booking.siteId)
    await moveOn(tx, booking, { to: { status: 'expired', ...NOWHERE }, who: VISITOR, what: 'release-hold', at: now })
    await seats.letGo(tx, booking.id, seatsOf(booking, timeZone))
  }
