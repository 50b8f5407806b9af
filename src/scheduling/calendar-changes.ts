import { type Change, recordChange } from '../audit/index.js'
import { type AppError, type FieldFault, notAllowed, notFound } from '../kernel/app-error.js'
import type { Clock } from '../kernel/clock.js'
import type { Tx } from '../platform/db/tx.js'
import type { EventBus } from '../platform/events.js'
import { SiteStore } from '../sites/index.js'
import { CalendarStore } from './calendar.store.js'

declare module '../platform/events.js' {
  interface HouseEvents {
    /** What a calendar offers is no longer what it was, or the calendar is gone. */
    'calendar.changed': { siteId: string; calendarId: string }
  }
}

/** What this room asks of the one that counts seats: nobody takes one any more by what the calendar has offered (K1). */
export type OutdateSeats = (tx: Tx, calendar: { siteId: string; calendarId: string }, now: Date) => Promise<void>

export interface CalendarDeps {
  clock: Clock
  events: EventBus
  outdateSeats: OutdateSeats
}

/** Which calendar a change touches; all of the site when `calendarId` is null. */
interface Touched {
  siteId: string
  calendarId: string | null
}

/**
 * Gives the calendars a new version; end the change with `closeChange` or `announceChange`.
 * @returns their ids @throws not-found `unknown-calendar`, `unknown-site`
 */
export async function touchCalendars(tx: Tx, { siteId, calendarId }: Touched): Promise<string[]> {
  const ids = await new CalendarStore(tx.em).bump(siteId, calendarId)
  if (ids.length > 0) return ids
  if (calendarId !== null) throw notFound('unknown-calendar')
  const { sites } = await new SiteStore(tx.em).loadAll()
  if (!sites.some(({ id }) => id === siteId)) throw notFound('unknown-site')
  return ids
}

interface Changed {
  siteId: string
  calendarIds: readonly string[]
}

/** Leaves the audit record of a change (A3), and announces it. */
export async function closeChange(
  tx: Tx,
  deps: CalendarDeps,
  { siteId, calendarIds, ...change }: Omit<Change, 'at'> & Changed,
): Promise<void> {
  await recordChange(tx, { ...change, at: deps.clock() })
  await announceChange(tx, deps, { siteId, calendarIds })
}

/**
 * Waits for the bookings under way that rely on what these calendars have offered, ends that for those to come, and after
 * the commit tells who keeps it in memory.
 */
export async function announceChange(
  tx: Tx,
  { clock, events, outdateSeats }: CalendarDeps,
  { siteId, calendarIds }: Changed,
): Promise<void> {
  for (const calendarId of calendarIds) await outdateSeats(tx, { siteId, calendarId }, clock())
  tx.afterCommit(() => {
    for (const calendarId of calendarIds) events.publish('calendar.changed', { siteId, calendarId })
  })
}

/** 422 with every fault; the code is that of the first broken rule of S4, else `invalid` (contract.md). */
export function faulty(faults: readonly FieldFault[]): AppError {
  const broken = faults.find(({ code }) => code.startsWith('rule-'))
  return notAllowed(broken?.code ?? 'invalid', { ...broken?.params, errors: [...faults] })
}
