import { type EntityManager, MoreThan } from 'typeorm'
import { addRows } from '../platform/db/rows.js'
import { BookingAlarmEntity } from './booking-alarm.entity.js'
import { BookingEntity } from './booking.entity.js'
import type { Hour } from './unusual-hour.js'

export class BookingAlarmStore {
  constructor(private readonly em: EntityManager) {}

  /** How many bookings of a site were made in `(from, to]`, whatever has become of them. */
  made(siteId: string, hour: Hour): Promise<number> {
    return this.madeIn(siteId, hour).getCount()
  }

  /** When the first of them was; null when there is none. */
  async firstMade(siteId: string, hour: Hour): Promise<Date | null> {
    const first = await this.madeIn(siteId, hour).orderBy('booking.bookedAt').limit(1).getOne()
    return first?.bookedAt ?? null
  }

  /** Whether one was raised after an instant. */
  isRaised(siteId: string, after: Date): Promise<boolean> {
    return this.em.exists(BookingAlarmEntity, { where: { siteId, raisedAt: MoreThan(after) } })
  }

  async add(alarm: BookingAlarmEntity): Promise<void> {
    await addRows(this.em, BookingAlarmEntity, alarm)
  }

  /** Newest first. */
  latest(siteId: string, most: number): Promise<BookingAlarmEntity[]> {
    return this.em.find(BookingAlarmEntity, { where: { siteId }, order: { hourAt: 'DESC' }, take: most })
  }

  private madeIn(siteId: string, { from, to }: Hour) {
    return this.em
      .createQueryBuilder(BookingEntity, 'booking')
      .where('booking.siteId = :siteId AND booking.bookedAt > :from AND booking.bookedAt <= :to', { siteId, from, to })
  }
}
