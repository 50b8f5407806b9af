import { isAtWork } from '../counters/index.js'
import { callOrder, type Place } from './call-order.js'
import { estimateWaits, waitRange, type WorkingCounter } from './estimates.js'
import type { QueueFacts } from './queue-reader.js'
import type { Ticket } from './ticket.js'

/** Where one waiting ticket stands. */
export interface Standing {
  place: Place<Ticket>
  /** 1 is called next. */
  position: number
  /** Whole minutes from–to; null while no open counter serves it. */
  waitMinutes: [low: number, high: number] | null
}

/** Everybody who waits, in call order, with what they may expect. */
export function standings(facts: QueueFacts): Standing[] {
  const waiting = facts.tickets.filter(({ status }) => status === 'waiting')
  const counters = workingCounters(facts)
  const waits = estimateWaits({ ...facts, tickets: waiting, counters }, facts.now)
  return callOrder(waiting, facts.settings, facts.now).map((place, ahead) => {
    const waitMs = waits.get(place.ticket.id)
    return { place, position: ahead + 1, waitMinutes: waitMs === undefined ? null : waitRange(waitMs, ahead) }
  })
}

function workingCounters({ counters, tickets, openCalls, day, now }: QueueFacts): WorkingCounter[] {
  const atWork = counters.filter((counter) => isAtWork(counter, day))
  return atWork.map(({ id, serviceIds }) => {
    const current = tickets.find(
      ({ status, counterId }) => counterId === id && (status === 'called' || status === 'serving'),
    )
    const call = openCalls.find(({ id: callId }) => callId === current?.callId)
    const since = call?.startedAt ?? call?.firstCalledAt ?? now
    return { id, serviceIds, visit: current ? { serviceId: current.serviceId, since } : null }
  })
}
