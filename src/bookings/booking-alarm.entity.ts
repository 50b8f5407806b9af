import { Column, Entity, PrimaryColumn } from 'typeorm'

/** An hour in which far more was booked at a site than is usual (X4). */
@Entity('booking_alarm')
export class BookingAlarmEntity {
  @PrimaryColumn('varchar', { name: 'site_id', length: 40 }) siteId!: string
  /** Sixty minutes from here hold all of its bookings: when the first of them was made. */
  @PrimaryColumn('datetime', { name: 'hour_at', precision: 3 }) hourAt!: Date
  /** In the sixty minutes before it was raised. */
  @Column('integer') bookings!: number
  /** Ten times the mean of the same sixty minutes one to four weeks earlier. */
  @Column('integer', { name: 'usual_tenths' }) usualTenths!: number
  @Column('datetime', { name: 'raised_at', precision: 3 }) raisedAt!: Date
}
