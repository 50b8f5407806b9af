import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import type { Lane } from '../sites/index.js'
import type { Call, CallOutcome } from './call.js'
import type { QueueClass, TicketStatus } from './queue.shape.js'
import type { Ticket, Undo } from './ticket.js'
import type { TicketStep } from './ticket-states.js'

@Entity('ticket')
@Index('uq_ticket_number', ['siteId', 'day', 'lane', 'number'], { unique: true })
@Index('uq_ticket_token', ['tokenHash'], { unique: true })
@Index('uq_ticket_booking', ['bookingId', 'arrival'], { unique: true })
@Index('ix_ticket_day', ['siteId', 'day', 'status'])
export class TicketEntity implements Ticket {
  @PrimaryColumn('varchar', { length: 36 }) id!: string
  @Column('varchar', { name: 'token_hash', length: 64 }) tokenHash!: string
  @Column('varchar', { name: 'site_id', length: 40 }) siteId!: string
  @Column('varchar', { length: 10 }) day!: string
  @Column('varchar', { length: 1 }) lane!: Lane
  @Column('integer') number!: number
  @Column('integer') made!: number
  @Column('varchar', { name: 'service_id', length: 40 }) serviceId!: string
  @Column('varchar', { name: 'drawn_for', length: 40 }) drawnFor!: string
  @Column('varchar', { name: 'booking_id', length: 36, nullable: true }) bookingId!: string | null
  @Column('integer', { default: 1 }) arrival!: number
  @Column('datetime', { name: 'starts_at', precision: 3, nullable: true }) startsAt!: Date | null
  @Column('varchar', { length: 10 }) status!: TicketStatus
  @Column('datetime', { name: 'issued_at', precision: 3 }) issuedAt!: Date
  @Column('datetime', { name: 'joined_at', precision: 3 }) joinedAt!: Date
  @Column('datetime', { name: 'urgent_at', precision: 3, nullable: true }) urgentAt!: Date | null
  @Column('varchar', { name: 'urgent_reason', length: 200, nullable: true }) urgentReason!: string | null
  @Column('varchar', { name: 'park_reason', length: 200, nullable: true }) parkReason!: string | null
  @Column('boolean', { name: 'is_senior' }) isSenior!: boolean
  @Column('boolean', { name: 'is_returned' }) isReturned!: boolean
  @Column('datetime', { name: 'gave_way_until', precision: 3, nullable: true }) gaveWayUntil!: Date | null
  @Column('varchar', { name: 'counter_id', length: 60, nullable: true }) counterId!: string | null
  @Column('varchar', { name: 'for_counter_id', length: 60, nullable: true }) forCounterId!: string | null
  @Column('varchar', { name: 'call_id', length: 36, nullable: true }) callId!: string | null
  @Column('integer') revision!: number
  @Column('varchar', { name: 'last_step', length: 10 }) lastStep!: TicketStep
  @Column('simple-json', { nullable: true }) undo!: Undo | null
  @Column('varchar', { name: 'undo_step', length: 36, nullable: true }) undoStep!: string | null
}

@Entity('ticket_call')
@Index('ix_ticket_call_day', ['siteId', 'day', 'version'])
@Index('ix_ticket_call_served', ['siteId', 'serviceId', 'outcome', 'endedAt'])
@Index('ix_ticket_call_ticket', ['ticketId'])
export class CallEntity implements Call {
  @PrimaryColumn('varchar', { length: 36 }) id!: string
  @Column('varchar', { name: 'site_id', length: 40 }) siteId!: string
  @Column('varchar', { length: 10 }) day!: string
  @Column('integer') version!: number
  @Column('varchar', { name: 'ticket_id', length: 36 }) ticketId!: string
  @Column('varchar', { length: 10 }) number!: string
  @Column('varchar', { name: 'counter_id', length: 60 }) counterId!: string
  @Column('varchar', { name: 'counter_name', length: 20 }) counterName!: string
  @Column('varchar', { name: 'service_id', length: 40 }) serviceId!: string
  @Column('varchar', { name: 'queue_class', length: 20 }) class!: QueueClass
  @Column('varchar', { length: 200, nullable: true }) reason!: string | null
  @Column('varchar', { name: 'called_by', length: 60 }) calledBy!: string
  @Column('datetime', { name: 'first_called_at', precision: 3 }) firstCalledAt!: Date
  @Column('datetime', { name: 'called_at', precision: 3 }) calledAt!: Date
  @Column('integer') times!: number
  @Column('datetime', { name: 'started_at', precision: 3, nullable: true }) startedAt!: Date | null
  @Column('datetime', { name: 'ended_at', precision: 3, nullable: true }) endedAt!: Date | null
  @Column('varchar', { length: 12, nullable: true }) outcome!: CallOutcome | null
}

/** W2: the last number given, per site, local day and lane; grows in the ticket's transaction (T12). */
@Entity('lane_number')
export class LaneNumberEntity {
  @PrimaryColumn('varchar', { name: 'site_id', length: 40 }) siteId!: string
  @PrimaryColumn('varchar', { length: 10 }) day!: string
  @PrimaryColumn('varchar', { length: 1 }) lane!: Lane
  @Column('integer', { name: 'last_number' }) last!: number
}
