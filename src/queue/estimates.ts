import { MINUTE_MS } from '../kernel/clock.js'
import { firstInOrder, type OrderSettings, type Waiting } from './call-order.js'

export interface WaitingTicket extends Waiting {
  id: string
  forCounterId: string | null
}

/** A counter that is open, and the visit it is busy with. */
export interface WorkingCounter {
  id: string
  /** Null: whatever the site offers. */
  serviceIds: readonly string[] | null
  visit: { serviceId: string; since: Date } | null
}

export interface ReplayFacts {
  tickets: readonly WaitingTicket[]
  /** In the order of their position: it settles who is first when two are free at once. */
  counters: readonly WorkingCounter[]
  settings: OrderSettings
  /** Mean duration of a visit, per service. */
  visitMs: (serviceId: string) => number
}

/** True when the counter may call the ticket. */
export const serves = (
  counter: { id: string; serviceIds: readonly string[] | null },
  ticket: { serviceId: string; forCounterId: string | null },
): boolean =>
  ticket.forCounterId === null
    ? (counter.serviceIds?.includes(ticket.serviceId) ?? true)
    : ticket.forCounterId === counter.id

/** A visit that lasts longer than usual may end any moment, but the counter is not free yet. */
const AT_LEAST_MS = MINUTE_MS

/**
 * Q6: replays Q1 forward from `now` – whichever counter is free first calls who is first for it at that moment – as if
 * nobody else came. @returns ticket id → milliseconds until it is called; without those that no open counter serves
 */
export function estimateWaits({ tickets, counters, settings, visitMs }: ReplayFacts, now: Date): Map<string, number> {
  const waits = new Map<string, number>()
  const free = counters.map((counter) => ({ counter, atMs: freeInMs(counter, visitMs, now) }))
  let left = [...tickets]
  while (left.length > 0) {
    const next = free.reduce<(typeof free)[number] | null>(
      (first, each) => (first && first.atMs <= each.atMs ? first : each),
      null,
    )
    if (!next) break
    const eligible = left.filter((ticket) => serves(next.counter, ticket))
    const place = firstInOrder(eligible, settings, new Date(now.getTime() + next.atMs))
    if (place) {
      waits.set(place.ticket.id, next.atMs)
      next.atMs += visitMs(place.ticket.serviceId)
      left = left.filter((ticket) => ticket !== place.ticket)
    } else free.splice(free.indexOf(next), 1) // nobody is left whom it serves
  }
  return waits
}

function freeInMs({ visit }: WorkingCounter, visitMs: ReplayFacts['visitMs'], now: Date): number {
  if (!visit) return 0
  return Math.max(AT_LEAST_MS, visit.since.getTime() + visitMs(visit.serviceId) - now.getTime())
}

/** Visits vary: what is shown lies a quarter around the replay's answer. */
const SPREAD = 0.25

/**
 * A wait as people read it: whole minutes from–to. Never 0 when somebody is ahead (F21), and never shorter for a longer
 * wait. @param ahead how many people are called before
 */
export function waitRange(waitMs: number, ahead: number): [low: number, high: number] {
  const minutes = waitMs / MINUTE_MS
  const low = Math.max(ahead > 0 ? 1 : 0, Math.floor(minutes * (1 - SPREAD)))
  return [low, Math.max(low + 1, Math.ceil(minutes * (1 + SPREAD)))]
}

/** Q6 */
export const SERVED_FOR_MEAN = 20

/**
 * A service's mean duration from the last visits at the site. While there are fewer than twenty, the slot length stands
 * for the missing ones, so that one odd visit of a morning does not make everybody's estimate.
 */
export function meanVisitMs(lastMs: readonly number[], slotMs: number): number {
  const known = lastMs.slice(0, SERVED_FOR_MEAN)
  const sum = known.reduce((all, ms) => all + ms, 0) + (SERVED_FOR_MEAN - known.length) * slotMs
  return Math.max(AT_LEAST_MS, sum / SERVED_FOR_MEAN)
}
