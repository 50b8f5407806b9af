import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import type { TaxCodeKind } from '../visitors/index.js'
import type { Booking } from './booking.js'
import type { BookingStatus } from './booking.shape.js'

@Entity('booking')
@Index('uq_booking_code', ['code'], { unique: true })
@Index('uq_booking_token', ['tokenHash'], { unique: true })
@Index('uq_booking_hold', ['holdHash'], { unique: true })
@Index('ix_booking_person', ['personHash', 'serviceId', 'status'])
@Index('ix_booking_mail', ['emailKey', 'status'])
@Index('ix_booking_day', ['siteId', 'onDay', 'status'])
@Index('ix_booking_browser', ['browserHash'])
@Index('ix_booking_address', ['addressHash', 'confirmedAt'])
@Index('ix_booking_network', ['networkHash', 'confirmedAt'])
@Index('ix_booking_made', ['siteId', 'bookedAt'])
@Index('ix_booking_status', ['status', 'expiresAt'])
export class BookingEntity implements Booking {
  @PrimaryColumn('varchar', { length: 36 }) id!: string
  @Column('varchar', { length: 8, nullable: true }) code!: string | null
  @Column('varchar', { name: 'token_hash', length: 64 }) tokenHash!: string
  @Column('integer', { name: 'link_turn', default: 0 }) linkTurn!: number
  @Column('varchar', { name: 'hold_hash', length: 64, nullable: true }) holdHash!: string | null
  @Column('varchar', { name: 'site_id', length: 40 }) siteId!: string
  @Column('varchar', { name: 'service_id', length: 40 }) serviceId!: string
  @Column('varchar', { name: 'calendar_id', length: 40 }) calendarId!: string
  @Column('datetime', { name: 'starts_at', precision: 3 }) startsAt!: Date
  @Column('datetime', { name: 'ends_at', precision: 3 }) endsAt!: Date
  @Column('varchar', { name: 'on_day', length: 10 }) onDay!: string
  @Column('integer', { name: 'slot_minutes' }) slotMinutes!: number
  @Column('integer', { name: 'slot_count' }) slotCount!: number
  @Column('integer') persons!: number
  @Column('varchar', { length: 10 }) status!: BookingStatus
  @Column('datetime', { name: 'expires_at', precision: 3, nullable: true }) expiresAt!: Date | null
  @Column('integer') sequence!: number
  @Column('varchar', { length: 2 }) lang!: 'it' | 'en'
  @Column('varchar', { name: 'first_name', length: 60, nullable: true }) firstName!: string | null
  @Column('varchar', { name: 'last_name', length: 60, nullable: true }) lastName!: string | null
  @Column('varchar', { length: 254, nullable: true }) email!: string | null
  @Column('varchar', { name: 'email_key', length: 254, nullable: true }) emailKey!: string | null
  @Column('varchar', { length: 20, nullable: true }) phone!: string | null
  @Column('varchar', { name: 'tax_code_sealed', length: 120, nullable: true }) taxCodeSealed!: string | null
  @Column('varchar', { name: 'person_hash', length: 64, nullable: true }) personHash!: string | null
  @Column('varchar', { length: 6, nullable: true }) comune!: string | null
  @Column('varchar', { length: 200, nullable: true }) notes!: string | null
  @Column('varchar', { name: 'matter_id', length: 40, nullable: true }) matterId!: string | null
  @Column('varchar', { name: 'browser_hash', length: 64, nullable: true }) browserHash!: string | null
  @Column('varchar', { name: 'address_hash', length: 64, nullable: true }) addressHash!: string | null
  @Column('varchar', { name: 'network_hash', length: 64, nullable: true }) networkHash!: string | null
  @Column('varchar', { name: 'tax_code_kind', length: 16, nullable: true }) taxCodeKind!: TaxCodeKind | null
  @Column('datetime', { name: 'created_at', precision: 3 }) createdAt!: Date
  @Column('datetime', { name: 'booked_at', precision: 3, nullable: true }) bookedAt!: Date | null
  @Column('datetime', { name: 'confirmed_at', precision: 3, nullable: true }) confirmedAt!: Date | null
  @Column('datetime', { name: 'proven_at', precision: 3, nullable: true }) provenAt!: Date | null
}
