import { conflict } from '../kernel/app-error.js'
import type { Tx } from '../platform/db/tx.js'
import { type Booking, statusNow } from './booking.js'
import type { BookingStatus } from './booking.shape.js'
import { moveOn } from './booking-changes.js'
import { BookingStore } from './booking.store.js'

/** What becomes of a booking at the counter (K3), and back when the visit goes on after all (Q4, Q5). */
export interface Visit {
  to: 'arrived' | 'served' | 'no-show'
  who: string
  at: Date
}

const WHAT = { arrived: 'check-in', served: 'serve-booking', 'no-show': 'no-show' } as const

const FROM: Record<Visit['to'], readonly BookingStatus[]> = {
  arrived: ['confirmed', 'served', 'no-show'],
  served: ['arrived'],
  'no-show': ['arrived'],
}

/**
 * Moves a booking on by compare-and-swap; there already, nothing changes. Mails nothing.
 * @returns null when there is no such booking @throws conflict `state` when it has been cancelled meanwhile
 */
export async function visitBooking(tx: Tx, bookingId: string, { to, who, at }: Visit): Promise<Booking | null> {
  const booking = await new BookingStore(tx.em).findById(bookingId)
  if (!booking || booking.status === to) return booking
  const state = statusNow(booking, at)
  if (!FROM[to].includes(state)) throw conflict('state', { state })
  const what = to === 'arrived' && state !== 'confirmed' ? 'reopen-visit' : WHAT[to]
  return moveOn(tx, booking, { to: { status: to }, who, what, at })
}
