import { setTimeout as pause } from 'node:timers/promises'

/** Ends no sooner than so long after it began, well or badly: what was found must not show in the time (C3, X7). */
export async function evenly<T>(leastMs: number, work: () => Promise<T>): Promise<T> {
  if (leastMs === 0) return work()
  const [ended] = await Promise.allSettled([work(), pause(leastMs)])
  if (ended.status === 'rejected') throw ended.reason
  return ended.value
}
