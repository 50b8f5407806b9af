import { MINUTE_MS } from '../kernel/clock.js'
import type { Slot } from '../recurrence/index.js'

/** Half-open: `[startsAt, endsAt)`. */
export type Span = Pick<Slot, 'startsAt' | 'endsAt'>

/** So many visits take a seat for one stretch of time, in milliseconds, half-open. */
export interface Occupied {
  startMs: number
  endMs: number
  count: number
}

const keyOf = (startMs: number, endMs: number): string => `${startMs}-${endMs}`

/** The stretches that are no slot offered now: left by another grid, they stand across those of this one (K1). */
export function offGrid(slots: readonly Span[], occupied: readonly Occupied[]): Occupied[] {
  const offered = new Set(slots.map(({ startsAt, endsAt }) => keyOf(startsAt.getTime(), endsAt.getTime())))
  return occupied.filter(({ startMs, endMs, count }) => count > 0 && !offered.has(keyOf(startMs, endMs)))
}

/** How many visits run at the fullest instant of a span. */
export function fullest(occupied: readonly Occupied[], { startsAt, endsAt }: Span): number {
  const [from, to] = [startsAt.getTime(), endsAt.getTime()]
  const inside = occupied.filter(({ startMs, endMs }) => startMs < to && endMs > from)
  // Where it is fullest, something has just begun.
  const runAt = (ms: number) =>
    inside.reduce((sum, { startMs, endMs, count }) => (startMs <= ms && ms < endMs ? sum + count : sum), 0)
  return Math.max(0, ...inside.map(({ startMs }) => runAt(Math.max(from, startMs))))
}

/**
 * How many seats of each slot are taken (K1): who has the very slot has all of it, and of the others those count who run
 * at its fullest instant. What the page shows and what `takeSeat` decides are the same two numbers.
 */
export function takenIn(slots: readonly Span[], occupied: readonly Occupied[]): (slot: Span) => number {
  const counts = new Map(occupied.map(({ startMs, endMs, count }) => [keyOf(startMs, endMs), count]))
  const across = offGrid(slots, occupied)
  return (slot) =>
    (counts.get(keyOf(slot.startsAt.getTime(), slot.endsAt.getTime())) ?? 0) +
    (across.length === 0 ? 0 : fullest(across, slot))
}

/** The same without the seats of one visit, for who may give them up (K8). */
export function without(occupied: readonly Occupied[], own: readonly Span[]): Occupied[] {
  const spans = new Set(own.map(({ startsAt, endsAt }) => keyOf(startsAt.getTime(), endsAt.getTime())))
  return occupied.map((each) =>
    spans.has(keyOf(each.startMs, each.endMs)) ? { ...each, count: each.count - 1 } : each,
  )
}

/** `count` stretches of equal length, one after another. */
export const stretches = (startsAt: Date, minutes: number, count: number): Span[] =>
  Array.from({ length: count }, (_, index) => ({
    startsAt: new Date(startsAt.getTime() + index * minutes * MINUTE_MS),
    endsAt: new Date(startsAt.getTime() + (index + 1) * minutes * MINUTE_MS),
  }))
