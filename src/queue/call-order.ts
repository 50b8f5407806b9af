import { MINUTE_MS } from '../kernel/clock.js'
import type { QueueClass } from './queue.shape.js'
import type { Ticket } from './ticket.js'

/** Q1, first called first. */
export const QUEUE_CLASSES = [
  'urgent',
  'max-wait',
  'booked-due',
  'walk-in',
  'not-preferred',
  'booked-early',
] as const satisfies readonly QueueClass[]

/** What the order reads of a ticket that waits. */
export type Waiting = Pick<
  Ticket,
  | 'number'
  | 'made'
  | 'serviceId'
  | 'startsAt'
  | 'issuedAt'
  | 'joinedAt'
  | 'urgentAt'
  | 'isSenior'
  | 'isReturned'
  | 'gaveWayUntil'
>

export interface OrderSettings {
  /** Booked people are due so long before their start. */
  dueMinutes: number
  /** Who checks in more than this after the start is late. */
  lateMinutes: number
  /** Per service; a service that is not listed has no maximum and prefers nobody. */
  services: Readonly<Record<string, { maxWaitMinutes: number | null; seniorFirst: boolean }>>
}

/** A ticket's place: its class and, inside the class, its key. */
export interface Place<T extends Waiting = Waiting> {
  ticket: T
  class: QueueClass
  /** Skipped while anybody else waits (Q9). */
  givesWay: boolean
  key: readonly number[]
}

/**
 * Q1 and Q2: the one order in which waiting tickets are called – pure, total and strict, since no two tickets of a site
 * are `made` alike. Everything that speaks of an order (next, the list, positions, estimates) asks here.
 */
export const callOrder = <T extends Waiting>(tickets: readonly T[], settings: OrderSettings, now: Date): Place<T>[] =>
  tickets.map((ticket) => placeOf(ticket, settings, now)).sort(comparePlaces)

/** The first of `callOrder`, or null when nobody waits. */
export function firstInOrder<T extends Waiting>(
  tickets: readonly T[],
  settings: OrderSettings,
  now: Date,
): Place<T> | null {
  let first: Place<T> | null = null
  for (const ticket of tickets) {
    const place = placeOf(ticket, settings, now)
    if (first === null || comparePlaces(place, first) < 0) first = place
  }
  return first
}

/** Negative when `one` is called before `other`. */
export function comparePlaces(one: Place, other: Place): number {
  for (const [i, value] of one.key.entries()) {
    const difference = value - (other.key[i] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

/**
 * Where a waiting ticket stands at `now`. Who gives way comes after all who do not, and is called when nobody else is
 * there: a counter waits for nobody (Q9).
 */
export function placeOf<T extends Waiting>(ticket: T, settings: OrderSettings, now: Date): Place<T> {
  const found = classOf(ticket, settings, now)
  const givesWay = found !== 'urgent' && givesWayAt(ticket, now)
  const key = [Number(givesWay), QUEUE_CLASSES.indexOf(found), ...keyOf(ticket, found), ticket.made]
  return { ticket, class: found, givesWay, key }
}

/** Q9: its minutes are not over. */
export const givesWayAt = ({ gaveWayUntil }: Pick<Waiting, 'gaveWayUntil'>, now: Date): boolean =>
  gaveWayUntil !== null && now < gaveWayUntil

function classOf(ticket: Waiting, settings: OrderSettings, now: Date): QueueClass {
  if (ticket.isReturned) return 'walk-in'
  if (ticket.urgentAt !== null) return 'urgent'
  const { maxWaitMinutes = null, seniorFirst = false } = settings.services[ticket.serviceId] ?? {}
  const waitedMs = now.getTime() - ticket.joinedAt.getTime()
  if (maxWaitMinutes !== null && waitedMs >= maxWaitMinutes * MINUTE_MS) return 'max-wait'
  if (ticket.startsAt === null) return seniorFirst && !ticket.isSenior ? 'not-preferred' : 'walk-in'
  const startMs = ticket.startsAt.getTime()
  if (ticket.issuedAt.getTime() > startMs + settings.lateMinutes * MINUTE_MS) return 'walk-in'
  return startMs <= now.getTime() + settings.dueMinutes * MINUTE_MS ? 'booked-due' : 'booked-early'
}

function keyOf(ticket: Waiting, found: QueueClass): number[] {
  const { startsAt, issuedAt, joinedAt, urgentAt, number } = ticket
  if (found === 'urgent') return [(urgentAt ?? joinedAt).getTime()]
  if (found === 'max-wait') return [joinedAt.getTime()]
  if (found === 'booked-due' || found === 'booked-early') {
    return [(startsAt ?? joinedAt).getTime(), issuedAt.getTime(), number]
  }
  return [joinedAt.getTime(), number]
}
