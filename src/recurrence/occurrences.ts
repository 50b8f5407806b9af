import type { LocalDay } from '../kernel/local-day.js'
import type { OpeningRule } from './calendar-plan.js'
import { DaySet, dayNumber } from './day-set.js'
import { recurrenceDays } from './recurrence.js'
import { readRecurrence } from './recurrence-parts.js'

type Recurring = Pick<OpeningRule, 'rrule' | 'startsOn'>

/** More rules than the calendars of twenty busy sites have; a set takes 6 KB. */
const KEPT = 2000
const kept = new Map<string, DaySet>()

/** @returns whether the rule's recurrence falls on the day; never after `LAST_DAY`. @throws RecurrenceFault */
export const occursOn = (rule: Recurring, day: LocalDay): boolean => occurrences(rule).has(dayNumber(day))

/** The first day of the recurrence, or null when there is none up to `LAST_DAY`. @throws RecurrenceFault */
export const firstOccurrence = (rule: Recurring): LocalDay | null => firstShared(rule, rule)

/** The first day on which both recurrences fall, or null when there is none up to `LAST_DAY`. @throws RecurrenceFault */
export const firstShared = (one: Recurring, other: Recurring): LocalDay | null =>
  occurrences(one).firstCommon(occurrences(other))

/** All days of the recurrence; remembered. @throws RecurrenceFault */
function occurrences({ rrule, startsOn }: Recurring): DaySet {
  const key = `${startsOn} ${rrule}`
  const known = kept.get(key)
  if (known) return known
  const days = new DaySet()
  for (const day of recurrenceDays(readRecurrence(rrule), startsOn)) days.add(day)
  kept.set(key, days)
  for (const oldest of kept.keys()) {
    if (kept.size <= KEPT) break
    kept.delete(oldest)
  }
  return days
}
