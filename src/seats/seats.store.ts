import type { EntityManager } from 'typeorm'
import { changeRows, selectRows } from '../platform/db/statements.js'
import { SeatClaimEntity, TakenSeatsEntity } from './taken-seats.entity.js'

export interface SlotKey {
  siteId: string
  calendarId: string
  startsAt: Date
}

const OF_SLOT = 'WHERE site_id = ? AND calendar_id = ? AND starts_at = ?'
const TAKE_ONE = `UPDATE taken_seats SET taken = taken + 1, changes = changes + 1 ${OF_SLOT} AND taken < ?`
const GIVE_BACK = `UPDATE taken_seats SET taken = taken - ?, changes = changes + 1 ${OF_SLOT} AND taken >= ?`
/** Seats that are taken and not overdue; no row when nobody ever took one. */
const COUNT_TAKEN = `SELECT taken - (SELECT COUNT(*) FROM seat_claim ${OF_SLOT} AND expires_at <= ?) AS taken FROM taken_seats ${OF_SLOT}`
const NOTE_CHANGE = `UPDATE taken_seats SET changes = changes + 1 ${OF_SLOT}`

/** The writes behind `takeSeats` and `giveBackSeats`; nobody else counts seats (K1). */
export class SeatsStore {
  constructor(private readonly em: EntityManager) {}

  /** Takes one seat. @returns false when `seats` are taken already: the row, not our copy of it, decides. */
  async take(slot: SlotKey, seats: number, now: Date): Promise<boolean> {
    if (await this.increment(slot, seats)) return true
    const known = await this.em.exists(TakenSeatsEntity, { where: slot })
    if (known) return (await this.dropOverdue(slot, now)) > 0 && this.increment(slot, seats)
    await this.startCounting(slot)
    return this.increment(slot, seats)
  }

  /** Only looks: whether `take` would find a seat now. Another may still be faster. */
  async isFree({ siteId, calendarId, startsAt }: SlotKey, seats: number, now: Date): Promise<boolean> {
    const slot = [siteId, calendarId, startsAt]
    const [row] = await selectRows<{ taken: number | string }>(this.em, COUNT_TAKEN, [...slot, now, ...slot])
    return Number(row?.taken ?? 0) < seats
  }

  /** @throws Error when nothing was taken: a seat given back twice is a bug, never −1 (E07, I2) */
  async giveBack({ siteId, calendarId, startsAt }: SlotKey, count = 1): Promise<void> {
    const done = await changeRows(this.em, GIVE_BACK, [count, siteId, calendarId, startsAt, count])
    if (done !== 1) throw new Error('a seat was given back that nobody had taken')
  }

  /** A claim of the slot lasts longer than it did, or for good: as many seats are taken, but until another time. */
  async noteChange({ siteId, calendarId, startsAt }: SlotKey): Promise<void> {
    await changeRows(this.em, NOTE_CHANGE, [siteId, calendarId, startsAt])
  }

  async claim(slot: SlotKey, holderId: string, expiresAt: Date): Promise<void> {
    const claim = { ...slot, holderId, expiresAt }
    await this.em.createQueryBuilder().insert().into(SeatClaimEntity).values(claim).updateEntity(false).execute()
  }

  /** @returns how many claims the holder still has */
  async extendClaims(holderId: string, expiresAt: Date): Promise<number> {
    const update = this.em.createQueryBuilder().update(SeatClaimEntity).set({ expiresAt })
    return (await update.where('holderId = :holderId', { holderId }).updateEntity(false).execute()).affected ?? 0
  }

  /** @returns how many of the holder's claims were still there; the others' seats have gone back already */
  async dropClaim(holderId: string, startsAt: Date): Promise<number> {
    return (await this.em.delete(SeatClaimEntity, { holderId, startsAt })).affected ?? 0
  }

  /** Gives back what overdue claims still occupy. @returns how many seats */
  async dropOverdue(slot: SlotKey, now: Date): Promise<number> {
    const done = await this.em
      .createQueryBuilder()
      .delete()
      .from(SeatClaimEntity)
      .where('site_id = :siteId AND calendar_id = :calendarId AND starts_at = :startsAt AND expires_at <= :now', {
        ...slot,
        now,
      })
      .execute()
    const count = done.affected ?? 0
    if (count > 0) await this.giveBack(slot, count)
    return count
  }

  private async increment({ siteId, calendarId, startsAt }: SlotKey, seats: number): Promise<boolean> {
    return (await changeRows(this.em, TAKE_ONE, [siteId, calendarId, startsAt, seats])) === 1
  }

  /** A row of zero, if there is none yet. An upsert, since a refused insert would leave shared locks that deadlock. */
  private async startCounting(slot: SlotKey): Promise<void> {
    await this.em
      .createQueryBuilder()
      .insert()
      .into(TakenSeatsEntity)
      .values({ ...slot, taken: 0, changes: 0 })
      .orUpdate(['site_id'], ['site_id', 'calendar_id', 'starts_at'])
      .updateEntity(false)
      .execute()
  }
}
