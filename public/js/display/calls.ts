import type { Board } from '../../../src/queue/queue.shape.js'

export type { Board }
/** Newest first on a board (B1). */
export type Call = Board['calls'][number]

/** Says whether two entries are one and the same call: a recall, or a call to another counter, is another. */
export const callKey = ({ number, counter, calledAt, times }: Call): string =>
  [number, counter, calledAt, times].join(' ')

/**
 * What was called between two snapshots, oldest first: the entries above the first one that was there before. So an old
 * call that comes back into view because a newer one was undone is not new.
 */
export function newCalls(before: readonly Call[], now: readonly Call[]): Call[] {
  const known = new Set(before.map(callKey))
  const first = now.findIndex((call) => known.has(callKey(call)))
  return now.slice(0, first === -1 ? now.length : first).reverse()
}

/** False for what only looks like an answer, such as the page of a proxy */
export function isBoard(value: unknown): value is Board {
  if (typeof value !== 'object' || value === null) return false
  const { version, at, calls, waiting } = value as Record<string, unknown>
  return (
    Number.isInteger(version) &&
    typeof at === 'string' &&
    !Number.isNaN(Date.parse(at)) &&
    Array.isArray(calls) &&
    typeof waiting === 'object' &&
    waiting !== null
  )
}
