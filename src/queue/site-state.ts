import { isOpen } from '../counters/index.js'
import { nextOpening } from '../seats/index.js'
import type { QueueFacts } from './queue-reader.js'

export const openCounters = ({ counters, day }: Pick<QueueFacts, 'counters' | 'day'>) =>
  counters.filter((counter) => isOpen(counter, day))

/** Q7: outside opening hours the counters are closed as soon as nobody waits and no counter is open. */
export function isClosed({ tickets, hours, now, ...facts }: QueueFacts): boolean {
  const isOpeningTime = hours !== null && hours.opensAt <= now && now < hours.closesAt
  const isAnybodyHere = tickets.some(({ status }) => status === 'waiting') || openCounters(facts).length > 0
  return !isOpeningTime && !isAnybodyHere
}

/** When the site opens next; null: not in the next two months. */
export const opensNext = ({ opening, now }: QueueFacts): Date | null => nextOpening(opening, now)
