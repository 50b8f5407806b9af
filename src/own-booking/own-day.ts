import { type Booking, statusNow } from '../bookings/index.js'
import type { LocalDay } from '../kernel/local-day.js'

/** How a number stands, as its own page says it (Q4). */
export type TicketState = 'waiting' | 'called' | 'serving' | 'parked' | 'missed' | 'done' | 'left' | 'closed'

/**
 * What the page behind the link says a booking is (D1): K3's states, told apart on the day itself by what the kiosk would
 * do with the code (W1). `due`: begun, and still in time; `late`: Q1 calls it after who has booked; `closed`: the site has
 * closed; `over`: its day has ended.
 */
export type OwnState =
  | 'pending'
  | 'cancelled'
  | 'expired'
  | 'confirmed'
  | 'due'
  | 'late'
  | 'arrived'
  | 'missed'
  | 'left'
  | 'served'
  | 'no-show'
  | 'closed'
  | 'over'

/** In these a code gives a number, or finds the one it has given. */
const WITH_CODE: readonly OwnState[] = ['confirmed', 'due', 'late', 'arrived', 'missed', 'left']
export const hasUseOfCode = (state: OwnState): boolean => WITH_CODE.includes(state)

interface DayFacts {
  now: Date
  /** At the booking's site. */
  today: LocalDay
  /** Of the site, today, for this booking; null when it does not open. */
  closesAt: Date | null
  /** Q1: who checks in after this is late. */
  lateAt: Date
  /** Of the booking's number of today; null when it has none. */
  ticket: TicketState | null
}

export function ownState(booking: Booking, { now, today, closesAt, lateAt, ticket }: DayFacts): OwnState {
  const status = statusNow(booking, now)
  if (status === 'held' || status === 'expired') return 'expired'
  if (status === 'pending' || status === 'cancelled') return status
  const isClosed = closesAt !== null && now >= closesAt
  if (ticket !== null) return stateOfNumber(ticket, { isClosed, isServed: status === 'served' })
  if (status !== 'confirmed') return status === 'arrived' ? 'over' : status
  if (booking.startsAt > now) return 'confirmed'
  if (booking.onDay !== today) return 'no-show'
  if (isClosed) return 'closed'
  return now > lateAt ? 'late' : 'due'
}

/** W1: who missed the call or left may come back until the site closes. */
function stateOfNumber(
  ticket: TicketState,
  { isClosed, isServed }: { isClosed: boolean; isServed: boolean },
): OwnState {
  if (ticket === 'done' || (ticket === 'closed' && isServed)) return 'served'
  if (ticket === 'closed') return 'over'
  if (ticket === 'missed' || ticket === 'left') return isClosed ? 'closed' : ticket
  return 'arrived'
}
