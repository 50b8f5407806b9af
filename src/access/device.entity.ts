import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import type { Device, DeviceKind } from './device.js'

@Entity('device')
@Index('uq_device_pairing', ['pairingHash'], { unique: true })
@Index('uq_device_token', ['tokenHash'], { unique: true })
@Index('ix_device_site', ['siteId'])
export class DeviceEntity implements Device {
  @PrimaryColumn('varchar', { length: 36 }) id!: string
  @Column('varchar', { name: 'site_id', length: 40 }) siteId!: string
  @Column('varchar', { length: 10 }) kind!: DeviceKind
  @Column('varchar', { name: 'pairing_hash', length: 64, nullable: true }) pairingHash!: string | null
  @Column('datetime', { name: 'pairing_ends_at', precision: 3, nullable: true }) pairingEndsAt!: Date | null
  @Column('varchar', { name: 'token_hash', length: 64, nullable: true }) tokenHash!: string | null
  @Column('datetime', { name: 'created_at', precision: 3 }) createdAt!: Date
  @Column('datetime', { name: 'paired_at', precision: 3, nullable: true }) pairedAt!: Date | null
  @Column('datetime', { name: 'printer_failed_at', precision: 3, nullable: true }) printerFailedAt!: Date | null
}
