import { type LocalDay, localDay } from '../kernel/local-day.js'
import { RunAgain } from '../platform/db/db-errors.js'
import type { Tx } from '../platform/db/tx.js'
import type { CalendarPlan, Slot } from '../recurrence/index.js'
import { PlanStore } from '../scheduling/index.js'
import { fullest } from './occupancy.js'
import { offGridOn } from './off-grid.js'
import { offeredDay } from './offered-days.js'
import { SeatsStore } from './seats.store.js'

/** How often a seat that others move under our eyes is reached for before the unit begins anew. */
const MOST_TRIES = 4

/**
 * Takes one seat in a slot of the plan (K1): the slot's row decides, by how many have the slot itself and by the version
 * of the calendar they may rely on. Seats that visits of another grid occupy in it are not there to be had.
 * @returns false when there is none
 * @throws RunAgain when the calendar has changed since the plan was read, or when others keep changing what is taken
 */
export async function takeSeat(
  tx: Tx,
  { plan, slot }: { plan: CalendarPlan; slot: Slot },
  now: Date,
): Promise<boolean> {
  const store = new SeatsStore(tx.em)
  const day = localDay(slot.startsAt, plan.timeZone)
  const key = { siteId: plan.siteId, calendarId: plan.calendarId, startsAt: slot.startsAt, endsAt: slot.endsAt }
  const isFull = async (seats: number) => ((await store.counted(key, plan.version)) ?? 0) >= seats
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const seats = slot.seats - fullest(await offGridOn(tx, plan, day), slot)
    if (seats > 0 && (await store.increment(key, seats, plan.version))) return true
    const taken = await store.counted(key, plan.version)
    if (taken === null) await startCounting(tx, plan, day)
    // Between two statements others begin to count the day, or drop what was overdue: full is what is full after both.
    else if (taken >= seats && (await store.dropOverdue(key, now)) === 0 && (await isFull(seats))) return false
  }
  throw new RunAgain('others take and give back the same seats')
}

/**
 * Rows for all slots of a day, once per day and version. The calendar's own row is written too: the change of a calendar
 * writes every row there is, and this one meets it where there was none yet – on every node of a cluster.
 */
async function startCounting(tx: Tx, plan: CalendarPlan, day: LocalDay): Promise<void> {
  if (!(await new PlanStore(tx.em).relyOn(plan))) throw new RunAgain('the calendar has changed')
  await new SeatsStore(tx.em).startCounting(plan, offeredDay(plan, day).slots)
}

/**
 * Nobody takes a seat any more by what a calendar offered until now: for who changes it, in the same unit of work, before
 * the bookings are looked at that it leaves outside (S8).
 */
export const outdateSeats = (tx: Tx, calendar: { siteId: string; calendarId: string }, now: Date): Promise<void> =>
  new SeatsStore(tx.em).outdate(calendar, now)
