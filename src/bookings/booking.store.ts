import type { EntityManager } from 'typeorm'
import type { Booking, BookingStatus } from './booking.js'
import { BookingEntity } from './booking.entity.js'

/** Statuses that take one of a person's places (K5), as long as the visit is ahead. */
const ACTIVE: BookingStatus[] = ['confirmed', 'pending']

export class BookingStore {
  constructor(private readonly em: EntityManager) {}

  async add(booking: Booking): Promise<void> {
    await this.em.createQueryBuilder().insert().into(BookingEntity).values(booking).updateEntity(false).execute()
  }

  findById(id: string): Promise<Booking | null> {
    return this.em.findOneBy(BookingEntity, { id })
  }

  findByCode(code: string): Promise<Booking | null> {
    return this.em.findOneBy(BookingEntity, { code })
  }

  findByToken(tokenHash: string): Promise<Booking | null> {
    return this.em.findOneBy(BookingEntity, { tokenHash })
  }

  findByHold(holdHash: string): Promise<Booking | null> {
    return this.em.findOneBy(BookingEntity, { holdHash })
  }

  /**
   * Changes a booking only while it is as it was read (K3).
   * @returns false when somebody else was first; the caller says what it found
   */
  async change(was: Pick<Booking, 'id' | 'status' | 'sequence'>, to: Partial<Booking>): Promise<boolean> {
    const done = await this.em
      .createQueryBuilder()
      .update(BookingEntity)
      .set(to)
      .where('id = :id AND status = :status AND sequence = :sequence', was)
      .updateEntity(false)
      .execute()
    return done.affected === 1
  }

  /** K5: active bookings of the person for the service, over all sites, and of the mail address. Own the keys first. */
  async active(keys: { personHash: string; emailKey: string; serviceId: string; now: Date }): Promise<Booking[]> {
    return this.em
      .createQueryBuilder(BookingEntity, 'booking')
      .where('((booking.personHash = :personHash AND booking.serviceId = :serviceId) OR booking.emailKey = :emailKey)', keys)
      .andWhere('booking.status IN (:...active) AND booking.endsAt > :now', { active: ACTIVE, now: keys.now })
      .andWhere('(booking.expiresAt IS NULL OR booking.expiresAt > :now)')
      .getMany()
  }

  /** Held and pending past their time, oldest first. */
  overdue(now: Date, most: number): Promise<Booking[]> {
    return this.em
      .createQueryBuilder(BookingEntity, 'booking')
      .where('booking.status IN (:...open) AND booking.expiresAt <= :now', { open: ['held', 'pending'], now })
      .orderBy('booking.expiresAt')
      .limit(most)
      .getMany()
  }

  /** Confirmed and not arrived, of local days up to `day` at a site. */
  notArrived(siteId: string, day: string, most: number): Promise<Booking[]> {
    return this.em
      .createQueryBuilder(BookingEntity, 'booking')
      .where("booking.siteId = :siteId AND booking.status = 'confirmed' AND booking.onDay <= :day", { siteId, day })
      .limit(most)
      .getMany()
  }

  /** Arrived and never served, of local days before `day` at a site. */
  leftArrived(siteId: string, day: string, most: number): Promise<Booking[]> {
    return this.em
      .createQueryBuilder(BookingEntity, 'booking')
      .where("booking.siteId = :siteId AND booking.status = 'arrived' AND booking.onDay < :day", { siteId, day })
      .limit(most)
      .getMany()
  }

  /** What was booked for a local day at a site, whatever has become of it; soonest first. Held seats are nobody's yet. */
  ofDay(siteId: string, day: string): Promise<Booking[]> {
    return this.em
      .createQueryBuilder(BookingEntity, 'booking')
      .where('booking.siteId = :siteId AND booking.onDay = :day AND booking.code IS NOT NULL', { siteId, day })
      .orderBy('booking.startsAt')
      .addOrderBy('booking.code')
      .getMany()
  }

  /** Bookings whose seats count, from an instant on, of a calendar: what a change of its rules may leave outside (S8). */
  ahead(siteId: string, calendarId: string, from: Date): Promise<Booking[]> {
    return this.em
      .createQueryBuilder(BookingEntity, 'booking')
      .where('booking.siteId = :siteId AND booking.calendarId = :calendarId', { siteId, calendarId })
      .andWhere('booking.startsAt >= :from AND booking.status IN (:...active)', { from, active: ACTIVE })
      .orderBy('booking.startsAt')
      .getMany()
  }
}
