import { MINUTE_MS } from '../kernel/clock.js'
import { conflict, notAllowed } from '../kernel/app-error.js'
import { type LocalDay, localDay } from '../kernel/local-day.js'
import { together } from '../platform/db/together.js'
import type { Tx } from '../platform/db/tx.js'
import type { EventBus } from '../platform/events.js'
import { type CalendarPlan, isBookable, type Slot } from '../recurrence/index.js'
import type { SiteDirectory } from '../sites/index.js'
import type { Calendars } from './calendars.js'
import { slotRun, slotsNeeded } from './free-starts.js'
import { offeredDay } from './offered-days.js'
import type { Span } from './occupancy.js'
import { seatsOfDay } from './seats-of-day.js'
import { SeatsStore } from './seats.store.js'
import { type Looked, lookAt, takeSeat } from './take-seat.js'

declare module '../platform/events.js' {
  interface HouseEvents {
    /** Seats of these local days were taken or given back. */
    'seats.changed': { siteId: string; calendarId: string; days: string[] }
  }
}

export interface SeatRequest {
  siteId: string
  serviceId: string
  startsAt: Date
  persons: number
  now: Date
  /** K10: staff may pass the notice and the horizon (S6), never the offer itself (K1). */
  anyTime?: boolean
}

/** Slots that were offered at the moment of asking; not yet taken. */
export interface SeatPlan {
  plan: CalendarPlan
  siteId: string
  calendarId: string
  timeZone: string
  startsAt: Date
  endsAt: Date
  slotMinutes: number
  slots: Slot[]
}

export interface SeatsTaken {
  siteId: string
  calendarId: string
  timeZone: string
  /** Each with a seat of its own. */
  spans: Span[]
}

interface Deps {
  calendars: Calendars
  directory: SiteDirectory
  events: EventBus
}

/** Decides over seats, for every path (K1). */
export class Seats {
  constructor(private readonly deps: Deps) {}

  /**
   * Finds the slots of a request in what the calendar offers now. `take` knows whether it is still so.
   * @throws not-allowed `not-offered`: off-grid, closed, past, too far, another site's (K1)
   */
  async plan(tx: Tx, request: SeatRequest): Promise<SeatPlan> {
    const { calendars, directory } = this.deps
    // The calendar first: its version also stands for how many persons a slot serves (K2).
    const calendar = await calendars.planIn(tx, request.siteId, request.serviceId)
    const offer = calendar && (await directory.offer(request.siteId, request.serviceId))
    const isBooked = offer !== null && (await directory.service(request.serviceId)).bookable
    if (!calendar || !offer || !isBooked || !isInTime(calendar, request)) throw notAllowed('not-offered')
    const slots = offeredRun(calendar, request.startsAt, slotsNeeded(request.persons, offer.personsPerSlot))
    const [first, last] = [slots?.[0], slots?.at(-1)]
    if (!slots || !first || !last) throw notAllowed('not-offered')
    const { siteId, calendarId, timeZone } = calendar
    const slotMinutes = (first.endsAt.getTime() - first.startsAt.getTime()) / MINUTE_MS
    return {
      plan: calendar,
      siteId,
      calendarId,
      timeZone,
      startsAt: first.startsAt,
      endsAt: last.endsAt,
      slotMinutes,
      slots,
    }
  }

  /**
   * Asks before anything is said about persons, so that the answer for a full slot depends on nobody (K5, X7). `take`
   * still decides. @returns what was seen of each slot @throws conflict `slot-full`
   */
  async assertFree(tx: Tx, { plan, slots }: SeatPlan, now: Date): Promise<Looked[]> {
    const looked = await together(slots.map((slot) => lookAt(tx, { plan, slot }, now)))
    if (looked.some(({ isFree }) => !isFree)) throw conflict('slot-full')
    return looked
  }

  /**
   * Takes a seat in each slot of the plan, all or none: the unit of work undoes the rest.
   * `claim` makes them claims of a holder, `looked` is what `assertFree` saw. @throws conflict `slot-full`
   */
  async take(
    tx: Tx,
    planned: SeatPlan,
    { now, claim, looked = [] }: { now: Date; claim?: { holderId: string; until: Date } | null; looked?: Looked[] },
  ): Promise<void> {
    const { plan, siteId, calendarId } = planned
    const takeOne = async (slot: Slot, seen: Looked | undefined) => {
      const { startsAt, endsAt } = slot
      const key = { siteId, calendarId, startsAt, endsAt }
      const [, isTaken] = await together([
        claim && new SeatsStore(tx.em).claim(key, claim.holderId, claim.until),
        takeSeat(tx, { plan, slot }, { now, ...(seen && { looked: seen }) }),
      ])
      if (!isTaken) throw conflict('slot-full')
    }
    const [first, ...others] = planned.slots
    if (first) await takeOne(first, looked[0])
    // Whoever has the first has begun to count the day for all of them.
    const seen = looked.slice(1).map((each) => ({ ...each, isCounting: true }))
    await together(others.map((slot, n) => takeOne(slot, seen[n])))
    this.announce(tx, { ...planned, spans: planned.slots })
  }

  /**
   * Makes a holder's claims lasting, or lets them last until another time (a pending booking). Whoever has counted these
   * seats learns of it, or the claims would end in their memory all the same.
   * @returns false when one of them was overdue and is gone
   */
  async keep(tx: Tx, holderId: string, { until, ...taken }: SeatsTaken & { until: Date | null }): Promise<boolean> {
    const store = new SeatsStore(tx.em)
    this.announce(tx, taken)
    const [, ...kept] = await together([
      together(taken.spans.map((span) => store.noteChange({ ...taken, ...span }))),
      ...(until
        ? [store.extendClaims(holderId, until)]
        : taken.spans.map(({ startsAt }) => store.dropClaim(holderId, startsAt))),
    ])
    return kept.reduce((sum, count) => sum + count, 0) === taken.spans.length
  }

  /** Gives lasting seats back. */
  async giveBack(tx: Tx, taken: SeatsTaken): Promise<void> {
    const store = new SeatsStore(tx.em)
    for (const span of taken.spans) await store.giveBack({ ...taken, ...span })
    this.announce(tx, taken)
  }

  /** Gives back what a holder still claims; what was overdue may have gone back before. */
  async letGo(tx: Tx, holderId: string, taken: SeatsTaken): Promise<void> {
    const store = new SeatsStore(tx.em)
    for (const span of taken.spans) {
      if ((await store.dropClaim(holderId, span.startsAt)) === 1) await store.giveBack({ ...taken, ...span })
    }
    this.announce(tx, taken)
  }

  /** All seats that a site offers on a local day, taken or not. */
  seatsOfDay(siteId: string, day: LocalDay): Promise<number> {
    return seatsOfDay(this.deps, siteId, day)
  }

  private announce(tx: Tx, { siteId, calendarId, timeZone, spans }: SeatsTaken): void {
    const days = [...new Set(spans.map(({ startsAt }) => localDay(startsAt, timeZone)))]
    tx.afterCommit(() => this.deps.events.publish('seats.changed', { siteId, calendarId, days }))
  }
}

/** What has begun was never offered, not even to staff (K1). */
const isInTime = (calendar: CalendarPlan, { startsAt, now, anyTime = false }: SeatRequest): boolean =>
  anyTime ? startsAt >= now : isBookable(calendar, startsAt, now)

function offeredRun(calendar: CalendarPlan, startsAt: Date, needed: number): Slot[] | null {
  const { slots } = offeredDay(calendar, localDay(startsAt, calendar.timeZone))
  const index = slots.findIndex((slot) => slot.startsAt.getTime() === startsAt.getTime())
  return index < 0 ? null : slotRun(slots, index, needed)
}
