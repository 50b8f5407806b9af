import { Column, Entity, Index, PrimaryColumn } from 'typeorm'

@Entity('staff_recovery_code')
@Index('ix_staff_recovery_code_username', ['username'])
export class RecoveryCodeEntity {
  /** Keyed: a code is too short for a plain hash. */
  @PrimaryColumn('varchar', { name: 'code_hash', length: 64 }) codeHash!: string
  @Column('varchar', { length: 60 }) username!: string
  @Column('datetime', { name: 'made_at', precision: 3 }) madeAt!: Date
  @Column('datetime', { name: 'used_at', precision: 3, nullable: true }) usedAt!: Date | null
}
