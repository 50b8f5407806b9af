import { type LocalDay, localDay } from '../kernel/local-day.js'
import { RunAgain } from '../platform/db/db-errors.js'
import { together } from '../platform/db/together.js'
import type { Tx } from '../platform/db/tx.js'
import type { CalendarPlan, Slot } from '../recurrence/index.js'
import { PlanStore } from '../scheduling/index.js'
import { fullest, type Occupied } from './occupancy.js'
import { offGridOn } from './off-grid.js'
import { offeredDay } from './offered-days.js'
import { SeatsStore, type StretchKey } from './seats.store.js'

/** How a slot was found before a seat is taken in it. */
export interface Looked {
  /** What visits of another grid occupy; read too early it errs towards full (docs/decisions/016). */
  across: Occupied[]
  /** False when seats are not counted there by the plan's version. */
  isCounting: boolean
  isFree: boolean
}

interface Place {
  plan: CalendarPlan
  slot: Slot
}

const keyOf = ({ plan: { siteId, calendarId }, slot: { startsAt, endsAt } }: Place): StretchKey => ({
  siteId,
  calendarId,
  startsAt,
  endsAt,
})

/** Looks whether there is a seat. `takeSeat` still decides. */
export async function lookAt(tx: Tx, place: Place, now: Date): Promise<Looked> {
  const { plan, slot } = place
  const [running, across] = await together([
    new SeatsStore(tx.em).running(keyOf(place), now),
    offGridOn(tx, plan, localDay(slot.startsAt, plan.timeZone)),
  ])
  const [startMs, endMs] = [slot.startsAt.getTime(), slot.endsAt.getTime()]
  const own = running.find((row) => row.startMs === startMs && row.endMs === endMs)
  return { across, isCounting: own?.planVersion === plan.version, isFree: fullest(running, slot) < slot.seats }
}

/** How often a seat that others move under our eyes is reached for before the unit begins anew. */
const MOST_TRIES = 4

/**
 * Takes one seat in a slot of the plan (K1): the slot's row decides, by how many have the slot itself and by the version
 * of the calendar they may rely on. Seats that visits of another grid occupy in it are not there to be had.
 * @param looked what was seen of the slot, to ask less
 * @returns false when there is none
 * @throws RunAgain when the calendar has changed since the plan was read, or when others keep changing what is taken
 */
export async function takeSeat(
  tx: Tx,
  place: Place,
  { now, looked }: { now: Date; looked?: Looked },
): Promise<boolean> {
  const { plan, slot } = place
  const store = new SeatsStore(tx.em)
  const [key, day] = [keyOf(place), localDay(slot.startsAt, plan.timeZone)]
  const isFull = async (seats: number) => ((await store.counted(key, plan.version)) ?? 0) >= seats
  let isCounting = looked?.isCounting ?? true
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const seen = tries === 0 ? looked?.across : undefined
    const across = seen ?? (await offGridOn(tx, plan, day))
    const seats = slot.seats - fullest(across, slot)
    const take = () => seats > 0 && store.increment(key, seats, plan.version)
    if (await (isCounting ? take() : startCounting(tx, { plan, day }, take))) return true
    const taken = await store.counted(key, plan.version)
    isCounting = taken !== null
    // What stood across the slot when it was looked at may be gone by now.
    const isSure = seen === undefined || seen.length === 0
    // Between two statements others begin to count the day, or drop what was overdue: full is what is full after both.
    if (
      isCounting &&
      isSure &&
      (taken ?? 0) >= seats &&
      (await store.dropOverdue(key, now)) === 0 &&
      (await isFull(seats))
    )
      return false
  }
  throw new RunAgain('others take and give back the same seats')
}

/**
 * Rows for all slots of a day, once per day and version. The calendar's own row is written too: the change of a calendar
 * writes every row there is, and this one meets it where there was none yet – on every node of a cluster.
 * @returns what `take` says, which is asked when the rows are there @throws RunAgain
 */
async function startCounting(
  tx: Tx,
  { plan, day }: { plan: CalendarPlan; day: LocalDay },
  take: () => boolean | Promise<boolean>,
): Promise<boolean> {
  const [isRelied, , isTaken] = await together([
    new PlanStore(tx.em).relyOn(plan),
    new SeatsStore(tx.em).startCounting(plan, offeredDay(plan, day).slots),
    take(),
  ])
  if (!isRelied) throw new RunAgain('the calendar has changed')
  return isTaken
}

/**
 * Nobody takes a seat any more by what a calendar offered until now: for who changes it, in the same unit of work, before
 * the bookings are looked at that it leaves outside (S8).
 */
export const outdateSeats = (tx: Tx, calendar: { siteId: string; calendarId: string }, now: Date): Promise<void> =>
  new SeatsStore(tx.em).outdate(calendar, now)
