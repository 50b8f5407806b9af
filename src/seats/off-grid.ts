import { addDays, type LocalDay, startOfDay } from '../kernel/local-day.js'
import type { Tx } from '../platform/db/tx.js'
import type { CalendarPlan } from '../recurrence/index.js'
import { type Occupied, offGrid } from './occupancy.js'
import { offeredDay } from './offered-days.js'
import { SeatsStore } from './seats.store.js'

/**
 * Days on which nothing stands across a plan's slots. While a plan is in force seats are taken only in its own slots, so
 * what is left of another grid never grows, and a day that was found clear stays so.
 */
const clear = new WeakMap<CalendarPlan, Set<LocalDay>>()

/** What is taken on the day by visits that are in none of the plan's slots, as this unit of work sees it. */
export async function offGridOn(tx: Tx, plan: CalendarPlan, day: LocalDay): Promise<Occupied[]> {
  if (clear.get(plan)?.has(day)) return []
  const whole = { startsAt: startOfDay(day, plan.timeZone), endsAt: startOfDay(addDays(day, 1), plan.timeZone) }
  const across = offGrid(offeredDay(plan, day).slots, await new SeatsStore(tx.em).occupied({ ...plan, ...whole }))
  // Only what is committed is remembered: this unit, or one it shares a commit with, may have given those seats back.
  if (across.length === 0) tx.afterCommit(() => clear.set(plan, (clear.get(plan) ?? new Set()).add(day)))
  return across
}
