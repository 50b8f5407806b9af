/** @typedef {{ number: string, counter: string, calledAt: string, times: number }} Call newest first on a board (B1) */
/** @typedef {{ site: string, version: number, at: string, calls: Call[], waiting: Record<string, number> }} Board */

/** Says whether two entries are one and the same call: a recall, or a call to another counter, is another. */
export const callKey = ({ number, counter, calledAt, times }) => [number, counter, calledAt, times].join(' ')

/**
 * What was called between two snapshots, oldest first: the entries above the first one that was there before. So an old
 * call that comes back into view because a newer one was undone is not new.
 * @param {Call[]} before
 * @param {Call[]} now
 * @returns {Call[]}
 */
export function newCalls(before, now) {
  const known = new Set(before.map(callKey))
  const first = now.findIndex((call) => known.has(callKey(call)))
  return now.slice(0, first === -1 ? now.length : first).reverse()
}

/** @returns {value is Board} false for what only looks like an answer, such as the page of a proxy */
export function isBoard(value) {
  if (typeof value !== 'object' || value === null) return false
  const { version, at, calls, waiting } = value
  return (
    Number.isInteger(version) &&
    typeof at === 'string' &&
    !Number.isNaN(Date.parse(at)) &&
    Array.isArray(calls) &&
    typeof waiting === 'object' &&
    waiting !== null
  )
}
