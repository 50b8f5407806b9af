import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm'

/**
 * How many visits take a seat for one stretch of time: a slot of the calendar, now or when they were booked (K1). Only
 * `seats.store.ts` counts here (I2). See docs/decisions/016.
 */
@Entity('taken_seats')
@Check('ck_taken_seats_not_negative', 'taken >= 0')
export class TakenSeatsEntity {
  @PrimaryColumn('varchar', { name: 'site_id', length: 40 }) siteId!: string
  @PrimaryColumn('varchar', { name: 'calendar_id', length: 40 }) calendarId!: string
  @PrimaryColumn('datetime', { name: 'starts_at', precision: 3 }) startsAt!: Date
  @PrimaryColumn('datetime', { name: 'ends_at', precision: 3 }) endsAt!: Date
  @Column('integer') taken!: number
  /** Grows by one with every change of the row or of its claims: by its sum other instances see that there is one. */
  @Column('integer', { default: 0 }) changes!: number
  /** The calendar's version for which seats may be taken here; 0 for none. */
  @Column('integer', { name: 'plan_version', default: 0 }) planVersion!: number
}

/** A seat taken for a time only (K4). Past `expiresAt` it counts for nothing, whether or not a job has removed it. */
@Entity('seat_claim')
@Index('ix_seat_claim_slot', ['siteId', 'calendarId', 'startsAt'])
@Index('ix_seat_claim_expires', ['expiresAt'])
export class SeatClaimEntity {
  /** The booking that holds it. */
  @PrimaryColumn('varchar', { name: 'holder_id', length: 36 }) holderId!: string
  @PrimaryColumn('datetime', { name: 'starts_at', precision: 3 }) startsAt!: Date
  @Column('datetime', { name: 'ends_at', precision: 3 }) endsAt!: Date
  @Column('varchar', { name: 'site_id', length: 40 }) siteId!: string
  @Column('varchar', { name: 'calendar_id', length: 40 }) calendarId!: string
  @Column('datetime', { name: 'expires_at', precision: 3 }) expiresAt!: Date
}
