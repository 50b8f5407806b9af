import type { DataSource } from 'typeorm'
import { addDays, type LocalDay, localDay, startOfDay } from '../kernel/local-day.js'
import { isSqlite } from '../platform/db/engine.js'
import type { EventBus } from '../platform/events.js'
import type { CalendarPlan } from '../scheduling/index.js'
import { SeatClaimEntity, TakenSeatsEntity } from './taken-seats.entity.js'

/** What is taken on one local day of one calendar. Keys are slot starts in milliseconds. */
export interface TakenDay {
  taken: Map<number, number>
  claims: { startMs: number; expiresMs: number }[]
}

/** Seats taken at a start now: overdue claims count for nothing (K4). */
export function takenAt(day: TakenDay, startMs: number, nowMs: number): number {
  const overdue = day.claims.filter((claim) => claim.startMs === startMs && claim.expiresMs <= nowMs).length
  return (day.taken.get(startMs) ?? 0) - overdue
}

interface Known extends TakenDay {
  readAtMs: number
}

/** Another instance may write to a shared database: what is in memory is believed so long (I9 asks for 2 s). */
const BELIEVED_MS = 1000
const MOST_DAYS = 20_000

type Calendar = Pick<CalendarPlan, 'siteId' | 'calendarId' | 'timeZone'>

/**
 * The taken seats of days, kept in memory and dropped exactly when a commit changes them. Whatever is missing of a
 * range is read with two statements, however many bookings there are.
 */
export class TakenDays {
  private readonly known = new Map<string, Known>()
  private readonly revisions = new Map<string, number>()
  private readonly alone: boolean

  constructor(
    private readonly dataSource: DataSource,
    events: EventBus,
  ) {
    this.alone = isSqlite(dataSource)
    events.on('seats.changed', ({ siteId, calendarId, days }) => {
      for (const day of days) this.known.delete(`${siteId}/${calendarId}/${day}`)
      this.revisions.set(`${siteId}/${calendarId}`, this.revision({ siteId, calendarId }) + 1)
    })
  }

  /** Grows with every change of the calendar's seats that this instance knows of. */
  revision({ siteId, calendarId }: Pick<Calendar, 'siteId' | 'calendarId'>): number {
    return this.revisions.get(`${siteId}/${calendarId}`) ?? 0
  }

  /** How long an answer made of these days may be kept, in milliseconds; without limit when nobody else writes. */
  get believedMs(): number {
    return this.alone ? Number.POSITIVE_INFINITY : BELIEVED_MS
  }

  /** When the oldest of these days in memory was read, on `performance.now()`'s scale; now, if all must be read first. */
  readAtMs(calendar: Calendar, days: readonly LocalDay[]): number {
    const nowMs = performance.now()
    const known = days.map((day) => this.known.get(keyOf(calendar, day))?.readAtMs ?? nowMs)
    return Math.min(nowMs, ...known.filter((readAtMs) => readAtMs >= nowMs - this.believedMs))
  }

  async of(calendar: Calendar, days: readonly LocalDay[]): Promise<Map<LocalDay, TakenDay>> {
    const oldest = performance.now() - this.believedMs
    const missing = days.filter((day) => (this.known.get(keyOf(calendar, day))?.readAtMs ?? -1) < Math.max(0, oldest))
    const read = missing.length > 0 ? await this.read(calendar, missing) : new Map<LocalDay, TakenDay>()
    return new Map(days.map((day) => [day, read.get(day) ?? (this.known.get(keyOf(calendar, day)) as TakenDay)]))
  }

  private async read(calendar: Calendar, days: readonly LocalDay[]): Promise<Map<LocalDay, TakenDay>> {
    const before = this.revision(calendar)
    const readAtMs = performance.now()
    const fresh = new Map<LocalDay, TakenDay>(days.map((day) => [day, { taken: new Map(), claims: [] }]))
    const { taken, claims } = await this.rows(calendar, days)
    for (const { startsAt, taken: count } of taken) {
      fresh.get(localDay(startsAt, calendar.timeZone))?.taken.set(startsAt.getTime(), count)
    }
    for (const { startsAt, expiresAt } of claims) {
      const claim = { startMs: startsAt.getTime(), expiresMs: expiresAt.getTime() }
      fresh.get(localDay(startsAt, calendar.timeZone))?.claims.push(claim)
    }
    // A commit during the read may or may not be in it: then it is used once and not kept.
    if (this.revision(calendar) === before) this.keep(calendar, fresh, readAtMs)
    return fresh
  }

  private keep(calendar: Calendar, days: Map<LocalDay, TakenDay>, readAtMs: number): void {
    if (this.known.size > MOST_DAYS) this.known.clear()
    for (const [day, taken] of days) this.known.set(keyOf(calendar, day), { ...taken, readAtMs })
  }

  private async rows({ siteId, calendarId, timeZone }: Calendar, days: readonly LocalDay[]) {
    const sorted = [...days].sort()
    const [first, last] = [sorted[0] as LocalDay, sorted.at(-1) as LocalDay]
    const range = { siteId, calendarId, from: startOfDay(first, timeZone), to: startOfDay(addDays(last, 1), timeZone) }
    const select = <T extends object>(entity: new () => T) =>
      this.dataSource.manager
        .createQueryBuilder(entity, 'row')
        .where('row.siteId = :siteId AND row.calendarId = :calendarId', range)
        .andWhere('row.startsAt >= :from AND row.startsAt < :to', range)
        .getMany()
    return { taken: await select(TakenSeatsEntity), claims: await select(SeatClaimEntity) }
  }
}

const keyOf = ({ siteId, calendarId }: Calendar, day: LocalDay): string => `${siteId}/${calendarId}/${day}`
