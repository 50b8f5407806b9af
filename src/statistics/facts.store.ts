import type { EntityManager } from 'typeorm'
import { BookingEntity, type BookingStatus } from '../bookings/index.js'
import type { LocalDay } from '../kernel/local-day.js'
import { CallEntity, TicketEntity, type TicketStatus } from '../queue/index.js'
import type { Lane } from '../sites/index.js'
import type { BookingCount } from './facts.js'

/** Days of one site, both included. */
export interface Days {
  siteId: string
  from: LocalDay
  to: LocalDay
}

/** Instants as the driver gives them. */
type Instant = Date | string

export interface TicketRow {
  id: string
  day: LocalDay
  lane: Lane
  serviceId: string
  /** Null: a walk-in. */
  bookedServiceId: string | null
  status: TicketStatus
  issuedAt: Instant
}

export interface CallRow {
  ticketId: string
  serviceId: string
  counterId: string
  counterName: string
  firstCalledAt: Instant
  startedAt: Instant | null
  endedAt: Instant | null
  outcome: string | null
}

/** Reads what figures are made of, with one statement each; rows without what nobody counts, above all persons. */
export class FactsStore {
  constructor(private readonly em: EntityManager) {}

  tickets(days: Days): Promise<TicketRow[]> {
    return this.em
      .createQueryBuilder(TicketEntity, 'ticket')
      .leftJoin(BookingEntity, 'booking', 'booking.id = ticket.bookingId')
      .select('ticket.id', 'id')
      .addSelect('ticket.day', 'day')
      .addSelect('ticket.lane', 'lane')
      .addSelect('ticket.serviceId', 'serviceId')
      .addSelect('booking.serviceId', 'bookedServiceId')
      .addSelect('ticket.status', 'status')
      .addSelect('ticket.issuedAt', 'issuedAt')
      .where('ticket.siteId = :siteId AND ticket.day BETWEEN :from AND :to', days)
      .getRawMany<TicketRow>()
  }

  /** In the order in which people were called; those that were undone were never meant. */
  calls(days: Days): Promise<CallRow[]> {
    return this.em
      .createQueryBuilder(CallEntity, 'call')
      .select('call.ticketId', 'ticketId')
      .addSelect('call.serviceId', 'serviceId')
      .addSelect('call.counterId', 'counterId')
      .addSelect('call.counterName', 'counterName')
      .addSelect('call.firstCalledAt', 'firstCalledAt')
      .addSelect('call.startedAt', 'startedAt')
      .addSelect('call.endedAt', 'endedAt')
      .addSelect('call.outcome', 'outcome')
      .where('call.siteId = :siteId AND call.day BETWEEN :from AND :to', days)
      .andWhere("(call.outcome IS NULL OR call.outcome <> 'undone')")
      .orderBy('call.day')
      .addOrderBy('call.version')
      .getRawMany<CallRow>()
  }

  /** Holds are nobody's yet; a pending booking past its time counts for nothing (K4). */
  async bookings(days: Days, now: Date): Promise<BookingCount[]> {
    const rows = await this.em
      .createQueryBuilder(BookingEntity, 'booking')
      .select('booking.onDay', 'day')
      .addSelect('booking.serviceId', 'serviceId')
      .addSelect('booking.status', 'status')
      .addSelect('COUNT(*)', 'count')
      .addSelect('SUM(booking.slotCount)', 'seats')
      .where('booking.siteId = :siteId AND booking.onDay BETWEEN :from AND :to', days)
      .andWhere("booking.status NOT IN ('held', 'expired')")
      .andWhere("(booking.status <> 'pending' OR booking.expiresAt > :now)", { now })
      .groupBy('booking.onDay')
      .addGroupBy('booking.serviceId')
      .addGroupBy('booking.status')
      .getRawMany<{
        day: LocalDay
        serviceId: string
        status: BookingStatus
        count: number | string
        seats: number | string
      }>()
    return rows.map(({ count, seats, ...row }) => ({ ...row, count: Number(count), seats: Number(seats) }))
  }
}
