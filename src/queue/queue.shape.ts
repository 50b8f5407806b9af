import type { Lane } from '../sites/lane.shape.js'

/** Q1: what brought a ticket its turn; the order is in `call-order.ts`. */
export type QueueClass = 'urgent' | 'max-wait' | 'booked-due' | 'walk-in' | 'not-preferred' | 'booked-early'

/** Q4, and `closed`: at a counter when the day ended, which nobody has said to be done (Q7). */
export type TicketStatus = 'waiting' | 'called' | 'serving' | 'done' | 'missed' | 'parked' | 'left' | 'closed'

/** B1: what displays show. Nothing else goes in here: no name, code, service, token. */
export interface Board {
  site: string
  version: number
  at: string
  /** Newest first; `counter` is the name people read. */
  calls: { number: string; counter: string; calledAt: string; times: number }[]
  waiting: Record<Lane, number>
}

/** What staff sees of a ticket; instants are RFC 3339 with the site's offset. */
export interface StaffTicket {
  id: string
  number: string
  lane: Lane
  service: string
  status: TicketStatus
  counter: string | null
  joinedAt: string
  /** Of who has booked. */
  start?: string
  checkedInAt?: string
  /** The one counter that is to go on with it (D7). */
  forCounter?: string
  urgentReason?: string
  parkReason?: string
  /** Of its call, from here on. */
  class?: QueueClass
  calledAt?: string
  times?: number
  calledBy?: string
  /** Why it was called out of order. */
  reason?: string
  startedAt?: string
  endedAt?: string
}

/** A ticket in the list of who waits, with what it may expect. */
export interface WaitingTicket extends StaffTicket {
  class: QueueClass
  /** Whole minutes from–to; null while no open counter serves it. */
  estimate: [low: number, high: number] | null
  /** While it lets the others go first (Q9). */
  givesWayUntil?: string
}

/** `GET /sites/{site}/queue`, `waiting` in call order. */
export interface QueueList {
  version: number
  waiting: WaitingTicket[]
  parked: StaffTicket[]
  missed: StaffTicket[]
  serving: StaffTicket[]
}

/** A counter as staff sees it; `mine` is there when a session asks (Q8). */
export interface CounterView {
  id: string
  name: string
  open: boolean
  operator: string | null
  services: readonly string[]
  paused?: true
  pauseReason?: string | null
  ticket: StaffTicket | null
  mine?: boolean
}

/** What whoever draws a number is given; the token opens the phone page. */
export interface IssuedTicket {
  id: string
  token: string
  number: string
  lane: Lane
  status: TicketStatus
  class: QueueClass | null
  /** 1 is called next; null when it does not wait. */
  position: number | null
  waitMinutes: [low: number, high: number] | null
}

/** `GET /tickets/{token}` and namespace `/ticket`: what the phone follows. `counterName` is what people read. */
export interface FollowedTicket {
  number: string
  status: TicketStatus
  counter: string | null
  counterName: string | null
  /** 1 is called next; null when it does not wait. */
  position: number | null
  waitMinutes: [low: number, high: number] | null
  /** Why there is no estimate; `closed`: nobody is served any more today (Q7). */
  reason?: 'no-counter-open' | 'closed'
  /** Ten more minutes can still be asked for (Q9). */
  mayGiveWay?: true
  /** While the others go first; RFC 3339 with the site's offset. */
  givesWayUntil?: string
}

/** What a site takes people for without a booking, at one moment: what a kiosk offers, and why not. */
export interface WalkInsNow {
  /** RFC 3339 with the site's offset: the server's clock. */
  at: string
  services: {
    id: string
    lane: Lane
    /** Q1: the kiosk asks who is over 65. */
    seniorFirst: boolean
    open: boolean
    /** W3: why no number is given now; null when one is. */
    reason: 'outside-window' | 'quota-reached' | null
    /** When it opens next; null when it is open, or not in the next two months. */
    opensAt: string | null
  }[]
}
