import type { LocalDay } from '../kernel/local-day.js'
import type { OpeningRule } from './calendar-plan.js'
import { DaySet, dayNumber, LAST_DAY } from './day-set.js'
import { recurrenceDays } from './recurrence.js'
import { type RecurrenceParts, readRecurrence } from './recurrence-parts.js'

type Recurring = Pick<OpeningRule, 'rrule' | 'startsOn'>

interface Expansion {
  parts: RecurrenceParts
  days: DaySet
  /** `days` is complete up to here. */
  reach: LocalDay
}

const KEPT = 500
const kept = new Map<string, Expansion>()

/** @returns whether the rule's recurrence falls on the day; never after `LAST_DAY`. @throws RecurrenceFault */
export const occursOn = (rule: Recurring, day: LocalDay): boolean => occurrences(rule, day).has(dayNumber(day))

/** The first day of the recurrence, or null when there is none up to `LAST_DAY`. @throws RecurrenceFault */
export const firstOccurrence = (rule: Recurring): LocalDay | null => firstShared(rule, rule)

/** The first day on which both recurrences fall, or null when there is none up to `LAST_DAY`. @throws RecurrenceFault */
export function firstShared(one: Recurring, other: Recurring): LocalDay | null {
  const soon = one.startsOn > other.startsOn ? one.startsOn : other.startsOn
  const first = occurrences(one, soon).firstCommon(occurrences(other, soon))
  return first ?? occurrences(one, LAST_DAY).firstCommon(occurrences(other, LAST_DAY))
}

/** All days of the recurrence up to `until`, perhaps some later ones; remembered. @throws RecurrenceFault */
function occurrences(rule: Recurring, until: LocalDay): DaySet {
  const key = `${rule.startsOn} ${rule.rrule}`
  const known = kept.get(key)
  if (known && (until <= known.reach || known.reach === LAST_DAY)) return known.days
  const parts = known?.parts ?? readRecurrence(rule.rrule)
  const nextYearsEnd = `${Number(until.slice(0, 4)) + 1}-12-31`
  const reach = nextYearsEnd < LAST_DAY ? nextYearsEnd : LAST_DAY
  const expansion = { parts, reach, days: expand(parts, rule.startsOn, reach) }
  kept.delete(key)
  kept.set(key, expansion)
  for (const oldest of kept.keys()) {
    if (kept.size <= KEPT) break
    kept.delete(oldest)
  }
  return expansion.days
}

function expand(parts: RecurrenceParts, startsOn: LocalDay, reach: LocalDay): DaySet {
  const days = new DaySet()
  for (const day of recurrenceDays(parts, startsOn, reach)) days.add(day)
  return days
}
