import type { LocalDay } from '../kernel/local-day.js'
import type { QueueClass } from './queue.shape.js'

/** How a call ended. `undone` ones were never meant and are not shown. */
export type CallOutcome = 'done' | 'missed' | 'parked' | 'transferred' | 'undone' | 'closed'

/** A chiamata, and the visit that follows it: a ticket that is transferred has several, each with its own times (G01). */
export interface Call {
  id: string
  siteId: string
  day: LocalDay
  /** The site's version that made its latest call: the order of calls. */
  version: number
  ticketId: string
  /** `P001` */
  number: string
  counterId: string
  /** As people read it at that moment. */
  counterName: string
  serviceId: string
  /** The class that chose it (Q2). */
  class: QueueClass
  /** Why staff called it out of order; null when the order chose. */
  reason: string | null
  calledBy: string
  firstCalledAt: Date
  /** Of the latest call. */
  calledAt: Date
  /** 1, and one more for each recall. */
  times: number
  startedAt: Date | null
  endedAt: Date | null
  outcome: CallOutcome | null
}
