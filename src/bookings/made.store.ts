import type { EntityManager } from 'typeorm'
import type { Booking } from './booking.js'
import { BookingEntity } from './booking.entity.js'

/** Which bookings are meant: made at a site in a time, or from an address, or both (X4). */
export interface MadeFilter {
  siteId: string
  from?: Date
  to?: Date
  /** Keyed hashes: of an address, or of its network; one for each secret that may still be read. */
  addressHashes?: readonly string[]
  networkHashes?: readonly string[]
}

/** Far more than an attack may leave behind (X1, X2); what is left is found by asking again. */
const MOST = 1000

/** What can still be cancelled of what was made there and then, oldest first. */
export const madeBookings = (em: EntityManager, filter: MadeFilter, now: Date): Promise<Booking[]> =>
  madeQuery(em, filter, now)
    .orderBy('booking.bookedAt')
    .addOrderBy('booking.startsAt')
    .addOrderBy('booking.id')
    .limit(MOST)
    .getMany()

/** All of it, however many. */
export const countMade = (em: EntityManager, filter: MadeFilter, now: Date): Promise<number> =>
  madeQuery(em, filter, now).getCount()

function madeQuery(em: EntityManager, filter: MadeFilter, now: Date) {
  const { siteId, from, to, addressHashes, networkHashes } = filter
  const query = em
    .createQueryBuilder(BookingEntity, 'booking')
    .where("booking.siteId = :siteId AND booking.status IN ('confirmed', 'pending')", { siteId })
    .andWhere('booking.startsAt > :now AND (booking.expiresAt IS NULL OR booking.expiresAt > :now)', { now })
  if (from) query.andWhere('booking.bookedAt >= :from', { from })
  if (to) query.andWhere('booking.bookedAt < :to', { to })
  if (addressHashes) query.andWhere('booking.addressHash IN (:...addressHashes)', { addressHashes })
  if (networkHashes) query.andWhere('booking.networkHash IN (:...networkHashes)', { networkHashes })
  return query
}
