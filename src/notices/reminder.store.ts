import type { EntityManager } from 'typeorm'
import { BookingEntity } from '../bookings/index.js'
import type { LocalDay } from '../kernel/local-day.js'
import { OutboxEntity } from '../platform/mail/outbox.entity.js'

interface Asked {
  siteIds: readonly string[]
  day: LocalDay
  /** Bookings made, confirmed or moved from here on have just had a mail that says the same. */
  remindedAt: Date
  now: Date
  limit: number
}

export class ReminderStore {
  constructor(private readonly em: EntityManager) {}

  /** Ids of confirmed bookings of a day, still ahead, that have not been reminded and have somewhere to write to. */
  async unreminded({ siteIds, day, remindedAt, now, limit }: Asked): Promise<string[]> {
    const query = this.em.createQueryBuilder(BookingEntity, 'booking')
    const mail = (condition: string) => {
      const found = query.subQuery().select('1').from(OutboxEntity, 'mail').where('mail.subjectId = booking.id')
      return `NOT EXISTS ${found.andWhere(condition).getQuery()}`
    }
    const rows = await query
      .select('booking.id', 'id')
      .where('booking.siteId IN (:...siteIds) AND booking.onDay = :day', { siteIds, day })
      .andWhere("booking.status = 'confirmed' AND booking.startsAt > :now AND booking.email IS NOT NULL", { now })
      .andWhere('booking.bookedAt < :remindedAt', { remindedAt })
      .andWhere(mail("mail.kind = 'reminder' AND mail.occurrence = :day"))
      .andWhere(mail("mail.kind IN ('confirmed', 'moved') AND mail.createdAt >= :remindedAt"))
      .orderBy('booking.id', 'ASC')
      .limit(limit)
      .getRawMany<{ id: string }>()
    return rows.map(({ id }) => id)
  }
}
