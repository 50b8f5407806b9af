import type { DataSource } from 'typeorm'
import { type LocalDay, localDay } from '../kernel/local-day.js'
import { isSqlite } from '../platform/db/engine.js'
import { instantOf } from '../platform/db/statements.js'
import type { EventBus } from '../platform/events.js'
import { SharedReads } from '../platform/shared-read.js'
import type { Occupied } from './occupancy.js'
import { type Calendar, type Mark, TakenDaysStore } from './taken-days.store.js'

/** What is taken on one local day of one calendar, in the order of time; overdue claims included. */
export interface TakenDay {
  taken: Occupied[]
  claims: { startMs: number; endMs: number; expiresMs: number }[]
}

/** What is taken now: overdue claims count for nothing (K4). */
export function takenNow({ taken, claims }: TakenDay, nowMs: number): Occupied[] {
  const overdue = claims.filter(({ expiresMs }) => expiresMs <= nowMs)
  if (overdue.length === 0) return taken
  return taken.map((each) => {
    const gone = overdue.filter(({ startMs, endMs }) => startMs === each.startMs && endMs === each.endMs).length
    return gone === 0 ? each : { ...each, count: each.count - gone }
  })
}

interface Known extends TakenDay {
  readAtMs: number
}

interface Range extends Mark {
  revision: number
  readAtMs: number
  days: ReadonlyMap<LocalDay, Known>
}

/** Another instance may write to a shared database: what is in memory is believed so long (I9 asks for 2 s). */
const BELIEVED_MS = 1000
const MOST_DAYS = 20_000
const MOST_RANGES = 2000

/**
 * The taken seats of days, kept in memory and dropped exactly when a commit changes them. What is missing of a range is
 * read with one statement, however many bookings there are; what is too old to be believed is asked, with one more,
 * whether it is still so.
 */
export class TakenDays {
  private readonly known = new Map<string, Known>()
  private readonly revisions = new Map<string, number>()
  /** By range: its days as they were read, how they stood then, at which revision. */
  private readonly ranges = new Map<string, Range>()
  private readonly asking = new SharedReads<ReadonlyMap<LocalDay, TakenDay>>()
  private readonly alone: boolean
  private readonly store: TakenDaysStore
  /** How often everything has been forgotten. */
  private forgotten = 0

  constructor(dataSource: DataSource, events: EventBus) {
    this.alone = isSqlite(dataSource)
    this.store = new TakenDaysStore(dataSource.manager)
    events.on('seats.changed', ({ siteId, calendarId, days }) => {
      for (const day of days) this.known.delete(`${siteId}/${calendarId}/${day}`)
      this.moveOn({ siteId, calendarId })
    })
  }

  /** Grows with every change of the calendar's seats that this instance has made or seen. */
  revision({ siteId, calendarId }: Pick<Calendar, 'siteId' | 'calendarId'>): number {
    return (this.revisions.get(`${siteId}/${calendarId}`) ?? 0) + this.forgotten
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

  /** Days without a gap between them. What somebody books during the reading is not in what is returned, nor kept. */
  async of(calendar: Calendar, days: readonly LocalDay[]): Promise<ReadonlyMap<LocalDay, TakenDay>> {
    const oldestMs = Math.max(0, performance.now() - this.believedMs)
    const [key, revision] = [rangeOf(calendar, days), this.revision(calendar)]
    // A page asks for the same month of every site, again and again: its days need not be gathered each time.
    const range = this.ranges.get(key)
    if (range?.revision === revision && range.readAtMs >= oldestMs) return range.days
    const known = this.allKnown(calendar, days)
    if (known?.every(([, { readAtMs }]) => readAtMs >= oldestMs)) return new Map(known)
    // Who asks for the same while it is being read waits for that, unless something has changed since it began.
    return this.asking.of(`${key}/${revision}`, () => this.ask(calendar, days))
  }

  private allKnown(calendar: Calendar, days: readonly LocalDay[]): [LocalDay, Known][] | null {
    const all: [LocalDay, Known][] = []
    for (const day of days) {
      const known = this.known.get(keyOf(calendar, day))
      if (!known) return null
      all.push([day, known])
    }
    return all
  }

  private async ask(calendar: Calendar, days: readonly LocalDay[]): Promise<ReadonlyMap<LocalDay, TakenDay>> {
    const before = this.ranges.get(rangeOf(calendar, days))
    const known = this.allKnown(calendar, days)
    if (before?.revision !== this.revision(calendar) || !known) return this.read(calendar, days)
    const readAtMs = performance.now()
    const now = await this.store.mark(calendar, days)
    if (now.rows !== before.rows || now.changes !== before.changes) return this.read(calendar, days)
    for (const [, day] of known) day.readAtMs = readAtMs
    before.readAtMs = readAtMs
    return before.days
  }

  private async read(calendar: Calendar, days: readonly LocalDay[]): Promise<Map<LocalDay, TakenDay>> {
    const before = this.revision(calendar)
    const readAtMs = performance.now()
    const fresh = new Map<LocalDay, TakenDay>(days.map((day) => [day, { taken: [], claims: [] }]))
    const mark = { rows: 0, changes: 0 }
    let last: Occupied = { startMs: -1, endMs: -1, count: 0 }
    for (const row of await this.store.rows(calendar, days)) {
      const [startsAt, endMs] = [instantOf(row.startsAt), instantOf(row.endsAt).getTime()]
      const startMs = startsAt.getTime()
      const day = fresh.get(localDay(startsAt, calendar.timeZone))
      // A row with several claims comes once for each.
      if (last.startMs !== startMs || last.endMs !== endMs) {
        mark.rows += 1
        mark.changes += row.changes
        last = { startMs, endMs, count: row.taken }
        if (row.taken > 0) day?.taken.push(last)
      }
      if (row.expiresAt !== null) day?.claims.push({ startMs, endMs, expiresMs: instantOf(row.expiresAt).getTime() })
    }
    // A commit during the read may or may not be in it: then it is used once and not kept.
    if (this.revision(calendar) === before) this.keep(calendar, fresh, { readAtMs, mark })
    return fresh
  }

  /** What another instance has changed shows here: a day that reads otherwise than before. */
  private keep(
    calendar: Calendar,
    days: Map<LocalDay, TakenDay>,
    { readAtMs, mark }: { readAtMs: number; mark: Mark },
  ): void {
    if (this.known.size > MOST_DAYS) this.forget()
    const kept = new Map<LocalDay, Known>()
    let isOther = false
    for (const [day, taken] of days) {
      const before = this.known.get(keyOf(calendar, day))
      isOther ||= before !== undefined && !isSameDay(before, taken)
      const one = { ...taken, readAtMs }
      kept.set(day, one)
      this.known.set(keyOf(calendar, day), one)
    }
    if (isOther) this.moveOn(calendar)
    const revision = this.revision(calendar)
    if (this.ranges.size >= MOST_RANGES) this.ranges.clear()
    this.ranges.set(rangeOf(calendar, [...days.keys()]), { ...mark, revision, readAtMs, days: kept })
  }

  private moveOn({ siteId, calendarId }: Pick<Calendar, 'siteId' | 'calendarId'>): void {
    const key = `${siteId}/${calendarId}`
    this.revisions.set(key, (this.revisions.get(key) ?? 0) + 1)
  }

  /** What was made of days that nobody knows any more cannot be compared: it counts as changed. */
  private forget(): void {
    this.known.clear()
    this.ranges.clear()
    this.forgotten++
  }
}

function isSameDay(one: TakenDay, other: TakenDay): boolean {
  if (one.taken.length !== other.taken.length || one.claims.length !== other.claims.length) return false
  const sameCount = one.taken.every(({ startMs, endMs, count }, index) => {
    const same = other.taken[index]
    return same?.startMs === startMs && same.endMs === endMs && same.count === count
  })
  if (!sameCount) return false
  return one.claims.every(({ startMs, endMs, expiresMs }, index) => {
    const same = other.claims[index]
    return same?.startMs === startMs && same.endMs === endMs && same.expiresMs === expiresMs
  })
}

const rangeOf = (calendar: Calendar, days: readonly LocalDay[]): string =>
  `${keyOf(calendar, days[0] as LocalDay)}/${days.length}`

const keyOf = ({ siteId, calendarId }: Calendar, day: LocalDay): string => `${siteId}/${calendarId}/${day}`
