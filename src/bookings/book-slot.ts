import { conflict, notAllowed } from '../kernel/app-error.js'
import { MINUTE_MS } from '../kernel/clock.js'
import type { Lang } from '../messages/index.js'
import { isDuplicate } from '../platform/db/db-errors.js'
import type { Tx } from '../platform/db/tx.js'
import { fingerprint } from '../platform/secrets.js'
import type { SeatPlan } from '../seats/index.js'
import { mayBook, normalisedMail, personHashOf, type Visitor } from '../visitors/index.js'
import { type Booking, statusNow } from './booking.js'
import { auditBooking, mailAbout, moveOn, seatsOf, type Step } from './booking-changes.js'
import { newBookingCode } from './booking-code.js'
import { type BookingDeps, VISITOR } from './booking-deps.js'
import { assertWithinLimits, type LimitKeys } from './booking-limits.js'
import { BookingStore } from './booking.store.js'
import { sealTaxCode } from './sealed-tax-code.js'
import { blankBooking, type SlotChoice } from './hold-slot.js'

export interface BookSlotCommand {
  /** Seats held before, or a slot taken at once. */
  seat: { hold: string } | SlotChoice
  visitor: Visitor
  notes: string | null
  lang: Lang
  /** K10: on behalf of the visitor. With a reason it may pass K5 and S6, never K1. */
  staff?: { who: string; reason: string | null }
}

/**
 * Makes a booking (K1–K6): confirmed, or pending where the site asks for confirmation by mail.
 * @throws not-allowed `not-eligible`, `not-offered`; conflict `already-booked`, `too-many-bookings`, `hold-expired`,
 * `slot-full`
 */
export const makeBookSlot = (deps: BookingDeps) => {
  const take = makeTakeSeat(deps)
  return async (tx: Tx, command: BookSlotCommand): Promise<Booking> => {
    const { clock, secrets, settings, directory } = deps
    const now = clock()
    const { visitor } = command
    if (!mayBook(visitor.comune)) throw notAllowed('not-eligible')
    const found = await take.find(tx, command, now)
    await take.assertThere(tx, found, now)
    const person = {
      ...visitor,
      taxCodeSealed: sealTaxCode(secrets, visitor.taxCode),
      personHash: personHashOf(secrets, visitor.taxCode),
      emailKey: normalisedMail(visitor.email),
    }
    const keys: LimitKeys = {
      serviceId: found.booking.serviceId,
      personHash: person.personHash,
      emailKey: person.emailKey,
    }
    if (!mayExceed(command)) await assertWithinLimits(tx, keys, { now, settings, events: deps.events })
    const site = await directory.site(found.booking.siteId)
    const { taxCode: _, ...stored } = person
    // Whom staff have on the phone or at the desk need not confirm by mail.
    const isPending = site.emailConfirmation && !command.staff
    const standing = isPending ? pendingUntil(new Date(now.getTime() + settings.pendingMinutes * MINUTE_MS)) : CONFIRMED
    return take.finish(tx, found, {
      step: { who: command.staff?.who ?? VISITOR, what: 'book-slot', at: now, reason: command.staff?.reason ?? null },
      details: { ...stored, notes: command.notes, lang: command.lang, bookedAt: now, ...standing },
    })
  }
}

const CONFIRMED = { status: 'confirmed', expiresAt: null } as const
const pendingUntil = (expiresAt: Date) => ({ status: 'pending', expiresAt }) as const

const mayExceed = ({ staff }: BookSlotCommand): boolean => staff !== undefined && staff.reason !== null

/** A booking that was held, or a blank one with the plan of its seats. */
interface Found {
  booking: Booking
  plan: SeatPlan | null
}

/** The two ways to a seat: one that is held already, one that is taken last, so that its row is locked briefly. */
function makeTakeSeat({ secrets, seats, directory, events }: BookingDeps) {
  const keepHeld = async (tx: Tx, is: Booking): Promise<boolean> => {
    const { timeZone } = await directory.site(is.siteId)
    return seats.keep(tx, is.id, { ...seatsOf(is, timeZone), until: is.expiresAt })
  }

  const find = async (tx: Tx, command: BookSlotCommand, now: Date): Promise<Found> => {
    const { seat, lang } = command
    if ('hold' in seat) {
      const booking = await new BookingStore(tx.em).findByHold(fingerprint(seat.hold))
      if (!booking) throw conflict('hold-expired')
      return { booking, plan: null }
    }
    const plan = await seats.plan(tx, { ...seat, now, anyTime: mayExceed(command) })
    return { booking: blankBooking(secrets, plan, { ...seat, lang, now }), plan }
  }

  /** Seats before persons (K5): who finds none is told nothing else. */
  const assertThere = async (tx: Tx, { booking, plan }: Found, now: Date): Promise<void> =>
    plan ? seats.assertFree(tx, plan, now) : assertHeld(booking, now)

  const finish = async (
    tx: Tx,
    { booking, plan }: Found,
    { step, details }: { step: Step; details: Partial<Booking> },
  ): Promise<Booking> => {
    const now = step.at
    const is = await withCode(async (code) => {
      const next = { ...booking, ...details, code }
      if (!plan) return moveOn(tx, booking, { ...step, to: { ...details, code } })
      await new BookingStore(tx.em).add(next)
      await auditBooking(tx, { was: null, is: next, ...step })
      return next
    })
    await mailAbout(tx, is, { kind: is.status === 'pending' ? 'pending' : 'confirmed', now, events })
    const claim = is.expiresAt && { holderId: is.id, until: is.expiresAt }
    if (plan) await seats.take(tx, plan, { now, ...(claim && { claim }) })
    else if (!(await keepHeld(tx, is))) throw conflict('hold-expired')
    return is
  }
  return { find, assertThere, finish }
}

/** @throws conflict `hold-expired` when its time is over, `state` when it has become something else */
function assertHeld(held: Booking, now: Date): void {
  const state = statusNow(held, now)
  if (state === 'expired') throw conflict('hold-expired')
  if (state !== 'held') throw conflict('state', { state })
}

/** A code that is taken is nobody's fault: another one is drawn. */
async function withCode<T>(work: (code: string) => Promise<T>, tries = 3): Promise<T> {
  try {
    return await work(newBookingCode())
  } catch (error) {
    if (tries > 1 && isDuplicate(error)) return withCode(work, tries - 1)
    throw error
  }
}
