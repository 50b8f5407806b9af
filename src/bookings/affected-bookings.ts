import { localDay } from '../kernel/local-day.js'
import type { Tx } from '../platform/db/tx.js'
import type { CalendarPlan } from '../scheduling/index.js'
import { offeredDay } from '../seats/index.js'
import { type Booking, slotStarts } from './booking.js'
import { BookingStore } from './booking.store.js'

/** True when each of the booking's slots is one that the calendar offers, with the length it was booked with. */
export function fitsIn(plan: CalendarPlan, booking: Booking): boolean {
  const { slots } = offeredDay(plan, localDay(booking.startsAt, plan.timeZone))
  const offered = new Map(slots.map(({ startsAt, endsAt }) => [startsAt.getTime(), endsAt.getTime()]))
  return slotStarts(booking).every((start) => {
    const end = offered.get(start.getTime())
    return end !== undefined && end - start.getTime() === booking.slotMinutes * 60_000
  })
}

/** S8: the bookings ahead that the calendar, as it is now, leaves outside; soonest first. Never changed by itself. */
export async function bookingsLeftOutside(em: Tx['em'], plan: CalendarPlan, now: Date): Promise<Booking[]> {
  const ahead = await new BookingStore(em).ahead(plan.siteId, plan.calendarId, now)
  return ahead.filter((booking) => !fitsIn(plan, booking))
}
