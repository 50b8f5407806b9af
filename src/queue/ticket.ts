import type { LocalDay } from '../kernel/local-day.js'
import type { Lane } from '../sites/index.js'
import type { TicketStatus } from './queue.shape.js'
import type { TicketStep } from './ticket-states.js'

/** A numero. Holds nothing of the person: who booked is behind `bookingId`. */
export interface Ticket {
  id: string
  /** SHA-256 of the phone page's secret, `secrets.tokenAt('ticket', ticket)`. */
  tokenHash: string
  siteId: string
  /** The local day it is for; on the next it counts for nothing (Q7). */
  day: LocalDay
  lane: Lane
  /** W2: 1, 2, 3 … per site, day and lane. */
  number: number
  /** The site's version that made it: settles equal keys (Q1). */
  made: number
  /** What it waits for now. */
  serviceId: string
  /** The service it was drawn for, wherever it was sent since: what a quota counts (W3). */
  drawnFor: string
  bookingId: string | null
  /** 1, and one more for each ticket of the booking after one that was left (W1). */
  arrival: number
  /** Start of the booked slot; null for a walk-in. */
  startsAt: Date | null
  status: TicketStatus
  /** When it was made: of a booked person, the check-in. */
  issuedAt: Date
  /** Since when it waits; a returned missed ticket joins anew. */
  joinedAt: Date
  /** When staff granted urgency, and why. */
  urgentAt: Date | null
  urgentReason: string | null
  /** Over 65, where that matters (R). */
  isSenior: boolean
  /** Came back after `missed`: class 4 whatever it was. */
  isReturned: boolean
  /** Until when it lets the others go first; in the past once it was used, which is once a ticket (Q9). */
  gaveWayUntil: Date | null
  /** Where it is called or served; kept when that is over. */
  counterId: string | null
  /** The only counter that may call it, after a transfer. */
  forCounterId: string | null
  /** Why it was put aside last. */
  parkReason: string | null
  /** Its present or last call. */
  callId: string | null
  /** Grows with every change: what compare-and-swap compares. */
  revision: number
  lastStep: TicketStep
  /** Until when, and to what, the last step can be undone (Q5). */
  undo: Undo | null
  /** Tickets changed by one press share it: they are undone together. */
  undoStep: string | null
}

/** How a ticket was before a step that may be undone. */
export interface Undo {
  /** RFC 3339, as JSON keeps it. */
  at: string
  /** How many tickets the step changed. */
  tickets: number
  status: TicketStatus
  counterId: string | null
  callId: string | null
}

/** What a ticket is before anybody has done anything with it. */
export const UNTOUCHED = {
  bookingId: null,
  arrival: 1,
  startsAt: null,
  urgentAt: null,
  urgentReason: null,
  parkReason: null,
  isSenior: false,
  isReturned: false,
  gaveWayUntil: null,
  counterId: null,
  forCounterId: null,
  callId: null,
  revision: 0,
  lastStep: 'issue',
  undo: null,
  undoStep: null,
} as const

/** As printed and called: `P001`. */
export const printed = ({ lane, number }: Pick<Ticket, 'lane' | 'number'>): string =>
  `${lane}${String(number).padStart(3, '0')}`
