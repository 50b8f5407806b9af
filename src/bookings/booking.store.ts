import type { EntityManager } from 'typeorm'
import type { Booking, BookingStatus } from './booking.js'
import { BookingEntity } from './booking.entity.js'

/** Statuses that take one of a person's places (K5), as long as the visit is ahead. */
const ACTIVE: BookingStatus[] = ['confirmed', 'pending']

const OF_PERSON =
  '(booking.personHash = :personHash AND booking.serviceId = :serviceId AND booking.status IN (:...active))'
const OF_MAIL = '(booking.emailKey = :emailKey AND booking.status IN (:...active))'

/** As much of a booking as its limits need. */
export type ActiveBooking = Pick<Booking, 'id' | 'sequence' | 'personHash' | 'serviceId' | 'emailKey'>

export class BookingStore {
  constructor(private readonly em: EntityManager) {}

  async add(booking: Booking): Promise<void> {
    await this.em.createQueryBuilder().insert().into(BookingEntity).values(booking).updateEntity(false).execute()
  }

  findById(id: string): Promise<Booking | null> {
    return this.em.findOneBy(BookingEntity, { id })
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

  /**
   * K5: active bookings of the person for the service, over all sites, and of the mail address. Own the keys first.
   * The status stands in each branch, or SQLite walks through all active bookings instead of using both indices.
   */
  active(keys: { personHash: string; emailKey: string; serviceId: string; now: Date }): Promise<ActiveBooking[]> {
    const { now, ...who } = keys
    return this.em
      .createQueryBuilder(BookingEntity, 'booking')
      .select(['booking.id', 'booking.sequence', 'booking.personHash', 'booking.serviceId', 'booking.emailKey'])
      .where(`(${OF_PERSON} OR ${OF_MAIL})`, { ...who, active: ACTIVE })
      .andWhere('booking.endsAt > :now AND (booking.expiresAt IS NULL OR booking.expiresAt > :now)', { now })
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

  /** Bookings of a calendar that count now and are still to come: what a change of its rules may leave outside (S8). */
  ahead(siteId: string, calendarId: string, now: Date): Promise<Booking[]> {
    return this.em
      .createQueryBuilder(BookingEntity, 'booking')
      .where('booking.siteId = :siteId AND booking.calendarId = :calendarId', { siteId, calendarId })
      .andWhere('booking.startsAt >= :now AND booking.status IN (:...active)', { now, active: ACTIVE })
      .andWhere('(booking.expiresAt IS NULL OR booking.expiresAt > :now)')
      .orderBy('booking.startsAt')
      .getMany()
  }
}
