import { startOfDay } from '../kernel/local-day.js'
import type { Closure, Slot } from './calendar-plan.js'

/** Half-open, like a slot. */
type Span = Pick<Slot, 'startsAt' | 'endsAt'>

/**
 * The slots outside all closures of their day; both ascending, so that thousands of closures are walked along once and not
 * once for each of a thousand slots. A closure of whole days is already known to hold on the day.
 */
export function openSlots(slots: readonly Slot[], closures: readonly Closure[]): Slot[] {
  if (closures.some(({ fromOn }) => fromOn !== null)) return []
  const spans = closures.flatMap(spanOf).sort((one, other) => one.startsAt.getTime() - other.startsAt.getTime())
  const open: Slot[] = []
  let [next, closedUntilMs] = [0, Number.NEGATIVE_INFINITY]
  for (const slot of slots) {
    for (let span = spans[next]; span && span.startsAt < slot.endsAt; span = spans[++next]) {
      closedUntilMs = Math.max(closedUntilMs, span.endsAt.getTime())
    }
    if (closedUntilMs <= slot.startsAt.getTime()) open.push(slot)
  }
  return open
}

/** Whether the closure takes any of these slots away. */
export function touches(closure: Closure, slots: readonly Slot[]): boolean {
  if (closure.fromOn !== null) return slots.length > 0
  return spanOf(closure).some(({ startsAt, endsAt }) => {
    const first = slots[firstEndingAfter(slots, startsAt)]
    return first !== undefined && first.startsAt < endsAt
  })
}

/** From when to when it closes at a site, whole days and hours alike; null when it closes nothing. */
export function closureSpan({ fromOn, toOn, fromAt, toAt }: Closure, timeZone: string): Span | null {
  const startsAt = fromOn === null ? fromAt : startOfDay(fromOn, timeZone)
  const endsAt = toOn === null ? toAt : startOfDay(toOn, timeZone)
  return startsAt !== null && endsAt !== null ? { startsAt, endsAt } : null
}

/** As people read them: by when they begin at a site; those that begin together by their ids, the same way each time. */
export function inOrder<T extends Closure>(closures: readonly T[], timeZone: string): T[] {
  return closures
    .map((closure) => ({ closure, startMs: closureSpan(closure, timeZone)?.startsAt.getTime() ?? 0 }))
    .sort((one, other) => one.startMs - other.startMs || (one.closure.id < other.closure.id ? -1 : 1))
    .map(({ closure }) => closure)
}

export const covers = (closure: Closure, { startsAt, endsAt }: Span): boolean =>
  closure.fromOn !== null || spanOf(closure).some((span) => span.startsAt <= startsAt && endsAt <= span.endsAt)

/** None when it closes nothing, or whole days. */
const spanOf = ({ fromAt, toAt }: Closure): Span[] =>
  fromAt !== null && toAt !== null && fromAt < toAt ? [{ startsAt: fromAt, endsAt: toAt }] : []

function firstEndingAfter(slots: readonly Slot[], instant: Date): number {
  let [low, high] = [0, slots.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    const slot = slots[middle]
    if (slot && slot.endsAt > instant) high = middle
    else low = middle + 1
  }
  return low
}
