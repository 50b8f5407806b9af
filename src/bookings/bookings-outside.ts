import type { Clock } from '../kernel/clock.js'
import type { Tx } from '../platform/db/tx.js'
import { type Closure, closureSpan, inOrder } from '../recurrence/index.js'
import { type BookingsOutside, ExceptionsStore, PlanStore } from '../scheduling/index.js'
import { bookingsLeftOutside } from './affected-bookings.js'
import type { Booking } from './booking.js'
import { BookingStore } from './booking.store.js'

interface Place {
  siteId: string
  /** Null: all calendars of the site. */
  calendarId: string | null
}

/** Bookings ahead in the time of a closure that its calendars leave outside; soonest first (S8). */
export async function bookingsInClosure(
  tx: Tx,
  { siteId, closure }: { siteId: string; closure: Closure },
  now: Date,
): Promise<Booking[]> {
  const { calendarId } = closure
  const found = await outsideOf(tx, { siteId, calendarId }, now)
  return found.filter(({ booking, timeZone }) => overlaps(booking, closure, timeZone)).map(({ booking }) => booking)
}

async function outsideOf(
  tx: Tx,
  { siteId, calendarId }: Place,
  now: Date,
): Promise<{ booking: Booking; timeZone: string }[]> {
  const found: { booking: Booking; timeZone: string }[] = []
  for (const plan of await new PlanStore(tx.em).loadPlans({ siteId, ...(calendarId !== null && { calendarId }) })) {
    const outside = await bookingsLeftOutside(tx.em, plan, now)
    found.push(...outside.map((booking) => ({ booking, timeZone: plan.timeZone })))
  }
  return found.sort((one, other) => one.booking.startsAt.getTime() - other.booking.startsAt.getTime())
}

function overlaps(booking: Booking, closure: Closure, timeZone: string): boolean {
  const span = closureSpan(closure, timeZone)
  return span !== null && booking.startsAt < span.endsAt && booking.endsAt > span.startsAt
}

/**
 * Why a booking's time is closed, as citizens may read it; null when no public closure is over it (any more). Of several
 * the one that begins first, which is also the first that screens tell.
 */
export async function closureReason(em: Tx['em'], booking: Booking, timeZone: string): Promise<string | null> {
  const closures = inOrder(await new ExceptionsStore(em).closures(booking.siteId), timeZone)
  const told = closures.find(
    (closure) =>
      closure.isPublic &&
      (closure.calendarId === null || closure.calendarId === booking.calendarId) &&
      overlaps(booking, closure, timeZone),
  )
  return told?.reason ?? null
}

const codesOf = (bookings: readonly Booking[]): string[] =>
  bookings.map(({ code }) => code ?? '').filter((code) => code !== '')

/** What the room of calendars asks of this one. */
export const makeBookingsOutside = ({ clock }: { clock: Clock }): BookingsOutside => ({
  leftOutside: async (tx, siteId, calendarId) =>
    codesOf((await outsideOf(tx, { siteId, calendarId }, clock())).map(({ booking }) => booking)),
  inClosure: async (tx, siteId, closure) => codesOf(await bookingsInClosure(tx, { siteId, closure }, clock())),
  ahead: async (tx, siteId, calendarId) => codesOf(await new BookingStore(tx.em).ahead(siteId, calendarId, clock())),
})
