import { addDays, localDay } from '../kernel/local-day.js'
import { type WalkInFacts, walkInSpans } from '../seats/index.js'

/** How far ahead the next opening is looked for. */
const DAYS_AHEAD = 60

/** W3: whether walk-ins are taken now, and if not, when next (null: not in the next two months). */
export function walkInNow(facts: WalkInFacts, now: Date): { isOpen: boolean; opensAt: Date | null } {
  const today = localDay(now, facts.timeZone)
  if (walkInSpans(facts, today).some(({ from, to }) => from <= now && now < to)) return { isOpen: true, opensAt: null }
  for (let ahead = 0; ahead <= DAYS_AHEAD; ahead++) {
    const next = walkInSpans(facts, addDays(today, ahead)).find(({ from }) => from > now)
    if (next) return { isOpen: false, opensAt: next.from }
  }
  return { isOpen: false, opensAt: null }
}
