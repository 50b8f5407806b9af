import { conflict } from '../kernel/app-error.js'
import { together } from '../platform/db/together.js'
import type { Tx } from '../platform/db/tx.js'
import { fingerprint } from '../platform/secrets.js'
import type { Looked, SeatPlan } from '../seats/index.js'
import { type Booking, statusNow } from './booking.js'
import { auditBooking, mailAbout, moveOn, seatsOf, type Step } from './booking-changes.js'
import { newBookingCode } from './booking-code.js'
import type { BookingDeps } from './booking-deps.js'
import { BookingStore } from './booking.store.js'
import { type BookSlotCommand, mayExceed } from './book-slot-command.js'
import { blankBooking } from './hold-slot.js'

/** A booking that was held, or a blank one with the plan of its seats. */
interface Found {
  booking: Booking
  plan: SeatPlan | null
}

interface Finish {
  step: Step
  details: Partial<Booking>
  looked: Looked[]
}

/** The two ways to a seat: one that is held already, one that is taken last, so that its row is locked briefly. */
export function makeTakeSeat(deps: BookingDeps) {
  const { secrets, seats, events } = deps
  const { keepHeld, letGoHeld } = makeHeldSeats(deps)

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

  /** Seats before persons (K5): who finds none is told nothing else. @returns what was seen of them */
  const assertThere = async (tx: Tx, { booking, plan }: Found, now: Date): Promise<Looked[]> => {
    if (plan) return seats.assertFree(tx, plan, now)
    assertHeld(booking, now)
    return []
  }

  /** The seat's row comes last. @throws RunAgain when the code that was drawn is another's */
  const finish = async (tx: Tx, { booking, plan }: Found, { step, details, looked }: Finish): Promise<Booking> => {
    const now = step.at
    const to = { ...details, code: newBookingCode() }
    const is = { ...booking, ...to }
    const write = async () => {
      if (!plan) return moveOn(tx, booking, { ...step, to })
      return together([new BookingStore(tx.em).add(is), auditBooking(tx, { was: null, is, ...step })])
    }
    const sit = async () => {
      const claim = is.expiresAt && { holderId: is.id, until: is.expiresAt }
      if (is.slotCount === 0) await letGoHeld(tx, booking)
      else if (plan) await seats.take(tx, plan, { now, claim, looked })
      else if (!(await keepHeld(tx, is))) throw conflict('hold-expired')
    }
    const kind = is.status === 'pending' ? 'pending' : 'confirmed'
    await together([write(), mailAbout(tx, is, { kind, now, events }), sit()])
    return is
  }
  return { find, assertThere, finish }
}

/** What becomes of seats that a hold has: they are the booking's from now on, or nobody's. */
function makeHeldSeats({ seats, directory }: Pick<BookingDeps, 'seats' | 'directory'>) {
  const taken = async (booking: Booking) => seatsOf(booking, (await directory.site(booking.siteId)).timeZone)
  return {
    /** @returns false when its time was over */
    keepHeld: async (tx: Tx, is: Booking): Promise<boolean> =>
      seats.keep(tx, is.id, { ...(await taken(is)), until: is.expiresAt }),
    letGoHeld: async (tx: Tx, held: Booking): Promise<void> => {
      if (held.holdHash !== null) await seats.letGo(tx, held.id, await taken(held))
    },
  }
}

/** @throws conflict `hold-expired` when its time is over, `state` when it has become something else */
function assertHeld(held: Booking, now: Date): void {
  const state = statusNow(held, now)
  if (state === 'expired') throw conflict('hold-expired')
  if (state !== 'held') throw conflict('state', { state })
}
