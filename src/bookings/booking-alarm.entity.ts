import { Column, Entity, PrimaryColumn } from 'typeorm'

/** An hour in which far more was booked at a site than is usual (X4). */
@Entity('booking_alarm')
export class BookingAlarmEntity {
  @PrimaryColumn('varchar', { name: 'site_id', length: 40 }) siteId!: string
  /** The hour in which it was raised, its first instant. */
  @PrimaryColumn('datetime', { name: 'hour_at', precision: 3 }) hourAt!: Date
  /** In the sixty minutes before. */
  @Column('integer') bookings!: number
  /** Ten times the mean of the same sixty minutes one to four weeks earlier. */
  @Column('integer', { name: 'usual_tenths' }) usualTenths!: number
  @Column('datetime', { name: 'raised_at', precision: 3 }) raisedAt!: Date
}
