import type { UnitDeps } from '../counters/index.js'
import type { Secrets } from '../platform/secrets.js'
import type { OutdateSeats } from '../scheduling/index.js'
import type { Calendars } from '../seats/index.js'
import type { SiteService } from '../sites/index.js'
import type { IsAtWork } from '../access/index.js'
import type { OrderSettings } from './call-order.js'

/** `who` of audit records: nobody has signed in. */
export const VISITOR = 'visitor'

/** What every action on the queue is made of. */
export interface QueueDeps extends UnitDeps {
  secrets: Secrets
  calendars: Calendars
  outdateSeats: OutdateSeats
  /** Q8: whether a session lives and may (still) work at a site. */
  isAtWork: IsAtWork
  settings: QueueSettings
}

export interface QueueSettings {
  /** Q1: booked people are due so long before their start, and late so long after it. */
  dueMinutes: number
  lateMinutes: number
  /** Q9: who gives way is skipped for so long. */
  giveWayMinutes: number
  /** Q4: after so many calls the next one says `missed`. */
  mostCalls: number
  /** Q3: two presses of one counter within this are one. */
  samePressMs: number
  /** Q4: two calls of one ticket are at least so far apart. */
  callMs: number
  /** Q5 */
  undoMs: number
  /** Q5: what next does while the counter has somebody. */
  nextWhileBusy: 'completes' | 'refuses'
  /** Q6, for a site without any calendar. */
  visitMinutes: number
}

export const QUEUE_SETTINGS: QueueSettings = {
  dueMinutes: 10,
  lateMinutes: 15,
  giveWayMinutes: 10,
  mostCalls: 3,
  samePressMs: 2000,
  callMs: 8000,
  undoMs: 10_000,
  nextWhileBusy: 'completes',
  visitMinutes: 15,
}

/** Q1's settings of one site. @param offers the site's services, read with the queue they order */
export function orderSettings(
  { dueMinutes, lateMinutes }: Pick<QueueSettings, 'dueMinutes' | 'lateMinutes'>,
  offers: readonly SiteService[],
): OrderSettings {
  const services = Object.fromEntries(
    offers.map(({ serviceId, maxWaitMinutes, seniorFirst }) => [serviceId, { maxWaitMinutes, seniorFirst }]),
  )
  return { dueMinutes, lateMinutes, services }
}
