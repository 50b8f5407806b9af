import type { BookingStatus } from '../bookings/index.js'
import type { LocalDay } from '../kernel/local-day.js'
import type { TicketStatus } from '../queue/index.js'
import type { Lane } from '../sites/index.js'

/** What is known of one ticket; nothing of the person. */
export interface TicketFact {
  day: LocalDay
  lane: Lane
  /** The last it was for; of a booked person what was booked. */
  serviceId: string
  isWalkIn: boolean
  /** As everybody may see it now: of days that are over nobody waits any more (Q7). */
  status: TicketStatus
  /** From joining the queue to the first call; null when it was never called. */
  waitMs: number | null
}

/** What is known of one call and the visit after it. */
export interface VisitFact {
  day: LocalDay
  lane: Lane
  serviceId: string
  counterId: string
  counterName: string
  /** The person was served to the end here. */
  isDone: boolean
  /** From the start (or, where nobody pressed it, the first call) to the end; null: no service was given, or it goes on. */
  serviceMs: number | null
}

/** Bookings of one day, service and status. */
export interface BookingCount {
  day: LocalDay
  serviceId: string
  status: BookingStatus
  count: number
  /** Seats they take: slots, however many persons come. */
  seats: number
}

/** What figures are made of: of a day, or of all days together. */
export interface Facts {
  tickets: readonly TicketFact[]
  visits: readonly VisitFact[]
  bookings: readonly BookingCount[]
  /** Seats of the slots that the calendars, as they are now, offer. */
  seatsOffered: number
}
