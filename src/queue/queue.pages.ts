import { type Counter, isOpen } from '../counters/index.js'
import { zonedIso } from '../kernel/local-day.js'
import type { Lane } from '../sites/index.js'
import type { Call } from './call.js'
import type { Place } from './call-order.js'
import { mayGiveWay } from './give-way.js'
import type { BoardFacts, QueueFacts } from './queue-reader.js'
import type {
  Board,
  CounterView,
  FollowedTicket,
  IssuedTicket,
  QueueList,
  StaffTicket,
  TicketStatus,
} from './queue.shape.js'
import { isClosed } from './site-state.js'
import { type Standing, standings } from './standing.js'
import { printed, type Ticket } from './ticket.js'
import { statusNow } from './ticket-states.js'

export function board({ site, version, now, lastCalls, tickets }: BoardFacts): Board {
  const waiting: Record<Lane, number> = { P: 0, N: 0, D: 0, R: 0 }
  for (const { status, lane } of tickets) if (status === 'waiting') waiting[lane] += 1
  const calls = lastCalls.map(({ number, counterName, calledAt, times }) => ({
    number,
    counter: counterName,
    calledAt: zonedIso(calledAt, site.timeZone),
    times,
  }))
  return { site: site.id, version, at: zonedIso(now, site.timeZone), calls, waiting }
}

export function staffTicket(ticket: Ticket, call: Call | null, { site, today }: Where): StaffTicket {
  const { id, lane, serviceId, startsAt, joinedAt, counterId, forCounterId } = ticket
  const iso = (at: Date) => zonedIso(at, site.timeZone)
  return {
    id,
    number: printed(ticket),
    lane,
    service: serviceId,
    status: statusNow(ticket, today),
    counter: counterId,
    joinedAt: iso(joinedAt),
    ...(startsAt && { start: iso(startsAt), checkedInAt: iso(ticket.issuedAt) }),
    ...(forCounterId !== null && { forCounter: forCounterId }),
    ...(ticket.urgentReason !== null && !ticket.isReturned && { urgentReason: ticket.urgentReason }),
    ...(ticket.status === 'parked' && ticket.parkReason !== null && { parkReason: ticket.parkReason }),
    ...(call && { class: call.class, calledAt: iso(call.calledAt), times: call.times, calledBy: call.calledBy }),
    ...(call?.reason && { reason: call.reason }),
    ...(call?.startedAt && { startedAt: iso(call.startedAt) }),
    ...(call?.endedAt && { endedAt: iso(call.endedAt) }),
  }
}

interface Where {
  site: { timeZone: string }
  today: string
}

export function queueList(facts: QueueFacts): QueueList {
  const where = { site: facts.site, today: facts.day }
  const seen = (ticket: Ticket) => staffTicket(ticket, openCall(facts, ticket), where)
  const inState = (...states: TicketStatus[]) => facts.tickets.filter(({ status }) => states.includes(status)).map(seen)
  return {
    version: facts.version,
    waiting: standings(facts).map(({ place, waitMinutes }) => ({
      ...seen(place.ticket),
      class: place.class,
      estimate: waitMinutes,
      ...givesWay(place, facts),
    })),
    parked: inState('parked'),
    missed: inState('missed'),
    serving: inState('called', 'serving'),
  }
}

/** Q9: until when it is skipped, if it is. */
function givesWay({ givesWay: isSkipped, ticket }: Place<Ticket>, { site }: QueueFacts): { givesWayUntil?: string } {
  const until = ticket.gaveWayUntil
  return isSkipped && until !== null ? { givesWayUntil: zonedIso(until, site.timeZone) } : {}
}

const openCall = ({ openCalls }: QueueFacts, { callId }: Ticket): Call | null =>
  openCalls.find(({ id }) => id === callId) ?? null

/** `GET /sites/{site}/counters`; with a session, which of them are `mine` (Q8). */
export const counterList = (facts: QueueFacts, session: string | null = null): { counters: CounterView[] } => ({
  counters: facts.counters.map((counter) => ({
    ...counterView(counter, facts),
    ...(session !== null && { mine: isOpen(counter, facts.day) && counter.sessionId === session }),
  })),
})

export function counterView(counter: Counter, facts: QueueFacts): CounterView {
  const { id, name, operator, serviceIds } = counter
  const open = isOpen(counter, facts.day)
  const current = facts.tickets.find(
    ({ status, counterId }) => counterId === id && (status === 'called' || status === 'serving'),
  )
  const where = { site: facts.site, today: facts.day }
  return {
    id,
    name,
    open,
    operator: open ? operator : null,
    services: (open ? serviceIds : null) ?? facts.serviceIds,
    ...(open && counter.pausedAt && { paused: true as const, pauseReason: counter.pauseReason }),
    ticket: current ? staffTicket(current, openCall(facts, current), where) : null,
  }
}

export function issuedTicket(ticket: Ticket, facts: QueueFacts, token: string): IssuedTicket {
  const { id, lane } = ticket
  const standing = standingOf(facts, ticket)
  return {
    id,
    token,
    number: printed(ticket),
    lane,
    status: statusNow(ticket, facts.day),
    class: standing?.place.class ?? null,
    position: standing?.position ?? null,
    waitMinutes: standing?.waitMinutes ?? null,
  }
}

export function followedTicket(ticket: Ticket, facts: QueueFacts, standing: Standing | null): FollowedTicket {
  const counter = facts.counters.find(({ id }) => id === ticket.counterId)
  return {
    number: printed(ticket),
    status: statusNow(ticket, facts.day),
    counter: ticket.counterId,
    counterName: counter?.name ?? null,
    position: standing?.position ?? null,
    waitMinutes: standing?.waitMinutes ?? null,
    ...(standing && standing.waitMinutes === null && { reason: 'no-counter-open' as const }),
    ...(!standing && isClosed(facts) && { reason: 'closed' as const }),
    ...(standing && { ...(mayGiveWay(ticket) && { mayGiveWay: true as const }), ...givesWay(standing.place, facts) }),
  }
}

export const standingOf = (facts: QueueFacts, { id }: Ticket): Standing | null =>
  standings(facts).find(({ place }) => place.ticket.id === id) ?? null
