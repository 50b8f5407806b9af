import { zonedIso } from '../kernel/local-day.js'
import type { Lane, Service } from '../sites/index.js'
import { openCounters } from './site-state.js'
import type { QueueFacts } from './queue-reader.js'
import { standings } from './standing.js'
import { type Ticket, UNTOUCHED } from './ticket.js'

/** What whoever thinks of coming is told: how many wait in each lane, and how long somebody who came now would. */
export interface Waits {
  at: string
  /** How many counters are open. */
  open: number
  lanes: Record<Lane, { waiting: number; minutes: [low: number, high: number] | null }>
}

const LANES: readonly Lane[] = ['P', 'N', 'D', 'R']

/** `GET /sites/{site}/waits` @param services all there are; which of them the site offers, the facts know */
export function waits(facts: QueueFacts, services: readonly Service[]): Waits {
  const { now, site, tickets } = facts
  const of = (lane: Lane): Waits['lanes'][Lane] => ({
    waiting: tickets.filter((ticket) => ticket.status === 'waiting' && ticket.lane === lane).length,
    minutes: minutesOf(facts, lane, services),
  })
  const lanes = Object.fromEntries(LANES.map((lane) => [lane, of(lane)])) as Waits['lanes']
  return { at: zonedIso(now, site.timeZone), open: openCounters(facts).length, lanes }
}

/** Q6 for one more person who joins the lane now – with a booking for this minute, in lane P. */
function minutesOf(facts: QueueFacts, lane: Lane, services: readonly Service[]): [low: number, high: number] | null {
  const service = services.find((each) => each.lane === lane && facts.serviceIds.includes(each.id))
  if (!service) return null
  const comer = newcomer(facts, lane, service.id)
  const place = standings({ ...facts, tickets: [...facts.tickets, comer] }).find(
    ({ place: { ticket } }) => ticket === comer,
  )
  return place?.waitMinutes ?? null
}

function newcomer({ site, day, now, version }: QueueFacts, lane: Lane, serviceId: string): Ticket {
  return {
    id: 'newcomer',
    tokenHash: '',
    siteId: site.id,
    day,
    lane,
    number: Number.MAX_SAFE_INTEGER,
    made: version + 1,
    serviceId,
    drawnFor: serviceId,
    status: 'waiting',
    issuedAt: now,
    joinedAt: now,
    ...UNTOUCHED,
    startsAt: lane === 'P' ? now : null,
  }
}
