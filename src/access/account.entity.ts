import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import type { Account, Session } from './account.js'
import type { Role } from './roles.js'

@Entity('staff_account')
export class AccountEntity implements Account {
  @PrimaryColumn('varchar', { length: 60 }) username!: string
  @Column('varchar', { length: 10 }) role!: Role
  @Column('simple-json', { name: 'site_ids' }) siteIds!: string[]
  @Column('varchar', { name: 'password_hash', length: 120 }) passwordHash!: string
  @Column('boolean', { name: 'password_is_long' }) passwordIsLong!: boolean
  @Column('boolean', { name: 'must_change_password' }) mustChangePassword!: boolean
  @Column('datetime', { name: 'password_ends_at', precision: 3, nullable: true }) passwordEndsAt!: Date | null
  @Column('varchar', { name: 'totp_id', length: 120, nullable: true }) totpId!: string | null
  @Column('varchar', { name: 'new_totp_id', length: 120, nullable: true }) newTotpId!: string | null
  @Column('integer', { name: 'totp_step', nullable: true }) totpStep!: number | null
  @Column('boolean', { name: 'is_active' }) isActive!: boolean
  @Column('datetime', { name: 'created_at', precision: 3 }) createdAt!: Date
}

@Entity('staff_session')
@Index('uq_staff_session_token', ['tokenHash'], { unique: true })
@Index('ix_staff_session_username', ['username'])
export class SessionEntity implements Session {
  @PrimaryColumn('varchar', { length: 36 }) id!: string
  @Column('varchar', { name: 'token_hash', length: 64 }) tokenHash!: string
  @Column('varchar', { length: 60 }) username!: string
  @Column('datetime', { name: 'signed_in_at', precision: 3 }) signedInAt!: Date
  @Column('datetime', { name: 'seen_at', precision: 3 }) seenAt!: Date
}
