import { localDay } from '../kernel/local-day.js'
import type { Tx } from '../platform/db/tx.js'
import type { CalendarPlan } from '../recurrence/index.js'
import { offeredDay } from '../seats/index.js'
import { type Booking, slotSpans } from './booking.js'
import { BookingStore } from './booking.store.js'

/** True when each of the booking's slots is one that the calendar offers, with the length it was booked with. */
export function fitsIn(plan: CalendarPlan, booking: Booking): boolean {
  const { slots } = offeredDay(plan, localDay(booking.startsAt, plan.timeZone))
  const offered = new Map(slots.map(({ startsAt, endsAt }) => [startsAt.getTime(), endsAt.getTime()]))
  return slotSpans(booking).every(({ startsAt, endsAt }) => offered.get(startsAt.getTime()) === endsAt.getTime())
}

/** S8: the bookings ahead that the calendar, as it is now, leaves outside; soonest first. Never changed by itself. */
export async function bookingsLeftOutside(em: Tx['em'], plan: CalendarPlan, now: Date): Promise<Booking[]> {
  const ahead = await new BookingStore(em).ahead(plan.siteId, plan.calendarId, now)
  return ahead.filter((booking) => !fitsIn(plan, booking))
}
