import { type EntityManager, IsNull, MoreThan, Not } from 'typeorm'
import { isDuplicate, RunAgain } from '../platform/db/db-errors.js'
import { updateRows } from '../platform/db/rows.js'
import { insertRow, selectRows } from '../platform/db/statements.js'
import { normalisedMail } from '../visitors/index.js'
import { type Booking, NOBODY } from './booking.js'
import type { BookingStatus } from './booking.shape.js'
import { BookingEntity } from './booking.entity.js'

/** What a calendar's change may leave outside. */
const ACTIVE: BookingStatus[] = ['confirmed', 'pending']

const COUNTED = `SELECT id, sequence, service_id AS serviceId, email_key AS emailKey, person_hash AS personHash FROM booking
  WHERE status = 'confirmed' AND ends_at > ?`
/**
 * Two questions, each with an index of its own, the person's and the mail address's: asked as one with OR, SQLite takes what
 * both have in common and walks through all confirmed bookings there are.
 */
const activeOf = (persons: readonly string[]) =>
  `${COUNTED} AND person_hash IN (${persons.map(() => '?').join(',')}) AND service_id = ? UNION ALL ${COUNTED} AND email_key = ?`

/** As much of a booking as its limits need. */
export type ActiveBooking = Pick<Booking, 'id' | 'sequence' | 'serviceId' | 'emailKey' | 'personHash'>

/** A booking that is to count: a new one has no id yet. */
export interface LimitKeys extends Pick<Booking, 'serviceId' | 'emailKey'> {
  /** As each of our secrets knows the person. */
  personHashes: readonly string[]
}

function drawAgain(error: unknown): never {
  throw isDuplicate(error) ? new RunAgain('a code or a secret that is another’s') : error
}

export class BookingStore {
  constructor(private readonly em: EntityManager) {}

  /** @throws RunAgain when its code is another's: nobody's fault, the unit of work draws a new one */
  async add(booking: Booking): Promise<void> {
    await insertRow(this.em, BookingEntity, booking).catch(drawAgain)
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
   * @returns false when somebody else was first; the caller says what it found @throws RunAgain as `add` does
   */
  async change(was: Pick<Booking, 'id' | 'status' | 'sequence'>, to: Partial<Booking>): Promise<boolean> {
    const { id, status, sequence } = was
    const where = { id, status, sequence }
    return (await updateRows(this.em, BookingEntity, { set: to, where }).catch(drawAgain)) === 1
  }

  /** X6: whether somebody has acted by a link that was mailed to exactly this address. */
  isProven(email: string): Promise<boolean> {
    const where = { emailKey: normalisedMail(email), email, provenAt: Not(IsNull()) }
    return this.em.exists(BookingEntity, { where })
  }

  /** X5: what is booked with exactly this address and is not over, soonest first. */
  ofMail(email: string, now: Date): Promise<Booking[]> {
    return this.em.find(BookingEntity, {
      where: { emailKey: normalisedMail(email), email, endsAt: MoreThan(now), code: Not(IsNull()) },
      order: { startsAt: 'ASC', id: 'ASC' },
    })
  }

  /** K5, X3: confirmed bookings ahead of the person for the service, over all sites, and of the mail address. Own the keys first. */
  async active(keys: LimitKeys & { now: Date }): Promise<ActiveBooking[]> {
    const { personHashes, serviceId, emailKey, now } = keys
    const values = [now, ...personHashes, serviceId, now, emailKey]
    const rows = await selectRows<ActiveBooking>(this.em, activeOf(personHashes), values)
    return [...new Map(rows.map((row) => [row.id, row])).values()]
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
      .orderBy('booking.onDay')
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

  /** What was booked for local days at a site, both included, whatever has become of it. */
  between({ siteId, from, to }: { siteId: string; from: string; to: string }): Promise<Booking[]> {
    return this.em
      .createQueryBuilder(BookingEntity, 'booking')
      .where('booking.siteId = :siteId AND booking.onDay BETWEEN :from AND :to', { siteId, from, to })
      .andWhere('booking.code IS NOT NULL')
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

  /** Bookings whose tax code another secret than `keyId` has sealed, in the order of their ids after `after`. */
  sealedOtherwise(keyId: string, after: string, most: number): Promise<Booking[]> {
    return this.em
      .createQueryBuilder(BookingEntity, 'booking')
      .where('booking.id > :after AND booking.taxCodeSealed NOT LIKE :today', { after, today: `${keyId}.%` })
      .orderBy('booking.id')
      .limit(most)
      .getMany()
  }

  /** The same person under another secret, unless the row has become another's or nobody's meanwhile. */
  async sealAnew({ id, taxCodeSealed }: Booking, to: Pick<Booking, 'taxCodeSealed' | 'personHash'>): Promise<void> {
    await updateRows(this.em, BookingEntity, { set: to, where: { id, taxCodeSealed } })
  }

  /** What still opens by a link, in the order of ids after `after`. */
  linksAhead(
    now: Date,
    after: string,
    most: number,
  ): Promise<Pick<Booking, 'id' | 'linkTurn' | 'tokenHash' | 'endsAt'>[]> {
    return this.em.find(BookingEntity, {
      select: { id: true, linkTurn: true, tokenHash: true, endsAt: true },
      where: { id: MoreThan(after), endsAt: MoreThan(now), code: Not(IsNull()) },
      order: { id: 'ASC' },
      take: most,
    })
  }

  /** A4: forgets the person of every booking that ended before an instant; the booking itself stays, and is counted. */
  async erasePersons(endedBefore: Date): Promise<number> {
    const where = 'endsAt < :endedBefore AND personHash IS NOT NULL'
    return updateRows(this.em, BookingEntity, { set: { ...NOBODY }, where, values: { endedBefore } })
  }
}
