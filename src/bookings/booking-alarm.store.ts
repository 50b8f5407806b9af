import type { EntityManager } from 'typeorm'
import { BookingAlarmEntity } from './booking-alarm.entity.js'
import { BookingEntity } from './booking.entity.js'

export class BookingAlarmStore {
  constructor(private readonly em: EntityManager) {}

  /** How many bookings of a site were made in `(from, to]`, whatever has become of them. */
  made(siteId: string, from: Date, to: Date): Promise<number> {
    return this.em
      .createQueryBuilder(BookingEntity, 'booking')
      .where('booking.siteId = :siteId AND booking.bookedAt > :from AND booking.bookedAt <= :to', { siteId, from, to })
      .getCount()
  }

  exists(siteId: string, hourAt: Date): Promise<boolean> {
    return this.em.exists(BookingAlarmEntity, { where: { siteId, hourAt } })
  }

  async add(alarm: BookingAlarmEntity): Promise<void> {
    await this.em.createQueryBuilder().insert().into(BookingAlarmEntity).values(alarm).updateEntity(false).execute()
  }

  /** Newest first. */
  latest(siteId: string, most: number): Promise<BookingAlarmEntity[]> {
    return this.em.find(BookingAlarmEntity, { where: { siteId }, order: { hourAt: 'DESC' }, take: most })
  }
}
