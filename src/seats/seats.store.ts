import { runBuilt, updateRows } from '../platform/db/rows.js'
import { DAY_MS } from '../kernel/clock.js'
import type { EntityManager } from 'typeorm'
import { changeRows, insertRow, instantOf, selectRows } from '../platform/db/statements.js'
import type { Occupied, Span } from './occupancy.js'
import { SeatClaimEntity, TakenSeatsEntity } from './taken-seats.entity.js'

interface CalendarKey {
  siteId: string
  calendarId: string
}

/** One stretch of time of a calendar. */
export type StretchKey = CalendarKey & Span

const OF_STRETCH = 'WHERE site_id = ? AND calendar_id = ? AND starts_at = ? AND ends_at = ?'
const TAKE_ONE = `UPDATE taken_seats SET taken = taken + 1, changes = changes + 1
  ${OF_STRETCH} AND taken < ? AND plan_version = ?`
const GIVE_BACK = `UPDATE taken_seats SET taken = taken - ?, changes = changes + 1 ${OF_STRETCH} AND taken >= ?`
const NOTE_CHANGE = `UPDATE taken_seats SET changes = changes + 1 ${OF_STRETCH}`
const COUNTED = `SELECT taken FROM taken_seats ${OF_STRETCH} AND plan_version = ?`
const OCCUPIED = `SELECT starts_at AS startsAt, ends_at AS endsAt, taken FROM taken_seats
  WHERE site_id = ? AND calendar_id = ? AND starts_at >= ? AND starts_at < ? AND taken > 0`
const RUNNING = `SELECT starts_at AS startsAt, ends_at AS endsAt, taken - (SELECT COUNT(*) FROM seat_claim claim
  WHERE claim.site_id = counter.site_id AND claim.calendar_id = counter.calendar_id
  AND claim.starts_at = counter.starts_at AND claim.ends_at = counter.ends_at AND claim.expires_at <= ?) AS taken,
  plan_version AS planVersion FROM taken_seats counter
  WHERE site_id = ? AND calendar_id = ? AND starts_at > ? AND starts_at < ? AND ends_at > ?`
const OVERDUE = `SELECT DISTINCT starts_at AS startsAt, ends_at AS endsAt FROM seat_claim
  WHERE site_id = ? AND calendar_id = ? AND starts_at < ? AND ends_at > ? AND expires_at <= ?`
const DROP_OVERDUE = `DELETE FROM seat_claim ${OF_STRETCH} AND expires_at <= ?`
/** `changes` makes it a change of every row, also of one that is outdated already: so it collides with who takes a seat. */
const OUTDATE = `UPDATE taken_seats SET plan_version = 0, changes = changes + 1
  WHERE site_id = ? AND calendar_id = ? AND starts_at > ?`

type RawSpan = Record<keyof Span, Date | string>
/** A count may come as text. */
type RawOccupied = RawSpan & { taken: number | string }

/** What runs within a span; `planVersion`: by which version of the calendar seats may be taken there. */
export type Running = Occupied & { planVersion: number }

const occupiedOf = ({ startsAt, endsAt, taken }: RawOccupied): Occupied => ({
  startMs: instantOf(startsAt).getTime(),
  endMs: instantOf(endsAt).getTime(),
  count: Number(taken),
})

const valuesOf = ({ siteId, calendarId, startsAt, endsAt }: StretchKey) => [siteId, calendarId, startsAt, endsAt]

/** The writes behind `Seats`; nobody else counts seats (K1). */
export class SeatsStore {
  constructor(private readonly em: EntityManager) {}

  /**
   * Takes one seat. @returns false when `seats` are taken already, or when the row is not counted for this version of the
   * calendar: the row, not our copy of it, decides.
   */
  async increment(slot: StretchKey, seats: number, planVersion: number): Promise<boolean> {
    return (await changeRows(this.em, TAKE_ONE, [...valuesOf(slot), seats, planVersion])) === 1
  }

  /** How many have the slot, overdue claims included. @returns null when no row is counted for this version */
  async counted(slot: StretchKey, planVersion: number): Promise<number | null> {
    const [row] = await selectRows<Pick<RawOccupied, 'taken'>>(this.em, COUNTED, [...valuesOf(slot), planVersion])
    return row ? Number(row.taken) : null
  }

  /** Rows of zero where there are none yet, and this version in all of them. */
  async startCounting(
    { siteId, calendarId, version }: CalendarKey & { version: number },
    slots: readonly Span[],
  ): Promise<void> {
    const rows = slots.map(({ startsAt, endsAt }) => ({ siteId, calendarId, startsAt, endsAt }))
    // An upsert, since a refused insert would leave shared locks that deadlock.
    const upsert = this.em
      .createQueryBuilder()
      .insert()
      .into(TakenSeatsEntity)
      .values(rows.map((row) => ({ ...row, taken: 0, changes: 0, planVersion: version })))
      .orUpdate(['plan_version'], ['site_id', 'calendar_id', 'starts_at', 'ends_at'])
      .updateEntity(false)
    await runBuilt(this.em, upsert)
  }

  /** No row ahead is counted for any version of the calendar. A day's margin: clocks of instances differ. */
  async outdate({ siteId, calendarId }: CalendarKey, now: Date): Promise<void> {
    await changeRows(this.em, OUTDATE, [siteId, calendarId, new Date(now.getTime() - DAY_MS)])
  }

  /** What is taken of the stretches that begin within a span, overdue claims included. */
  async occupied({ siteId, calendarId, startsAt, endsAt }: StretchKey): Promise<Occupied[]> {
    const rows = await selectRows<RawOccupied>(this.em, OCCUPIED, [siteId, calendarId, startsAt, endsAt])
    return rows.map(occupiedOf)
  }

  /** The rows within a span, and what is taken now of each: overdue claims count for nothing (K4). */
  async running({ siteId, calendarId, startsAt, endsAt }: StretchKey, now: Date): Promise<Running[]> {
    const longBefore = new Date(startsAt.getTime() - DAY_MS)
    const rows = await selectRows<RawOccupied & Pick<Running, 'planVersion'>>(this.em, RUNNING, [
      now,
      siteId,
      calendarId,
      longBefore,
      endsAt,
      startsAt,
    ])
    return rows.map(({ planVersion, ...row }) => ({ ...occupiedOf(row), planVersion }))
  }

  /** @throws Error when nothing was taken: a seat given back twice is a bug, never −1 (E07, I2) */
  async giveBack(stretch: StretchKey, count = 1): Promise<void> {
    const done = await changeRows(this.em, GIVE_BACK, [count, ...valuesOf(stretch), count])
    if (done !== 1) throw new Error('a seat was given back that nobody had taken')
  }

  /** A claim lasts longer than it did, or for good: as many seats are taken, but until another time. */
  async noteChange(stretch: StretchKey): Promise<void> {
    await changeRows(this.em, NOTE_CHANGE, valuesOf(stretch))
  }

  async claim(slot: StretchKey, holderId: string, expiresAt: Date): Promise<void> {
    await insertRow(this.em, SeatClaimEntity, { ...slot, holderId, expiresAt })
  }

  /** @returns how many claims the holder still has */
  async extendClaims(holderId: string, expiresAt: Date): Promise<number> {
    return updateRows(this.em, SeatClaimEntity, { set: { expiresAt }, where: { holderId } })
  }

  /** @returns how many of the holder's claims were still there; the others' seats have gone back already */
  async dropClaim(holderId: string, startsAt: Date): Promise<number> {
    return (await this.em.delete(SeatClaimEntity, { holderId, startsAt })).affected ?? 0
  }

  /** Gives back what overdue claims still occupy in a slot, whichever grid they are of. @returns how many seats */
  async dropOverdue({ siteId, calendarId, startsAt, endsAt }: StretchKey, now: Date): Promise<number> {
    const found = await selectRows<RawSpan>(this.em, OVERDUE, [siteId, calendarId, endsAt, startsAt, now])
    let all = 0
    for (const row of found) {
      const stretch = { siteId, calendarId, startsAt: instantOf(row.startsAt), endsAt: instantOf(row.endsAt) }
      const count = await changeRows(this.em, DROP_OVERDUE, [...valuesOf(stretch), now])
      if (count > 0) await this.giveBack(stretch, count)
      all += count
    }
    return all
  }
}
