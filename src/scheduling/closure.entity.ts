import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import type { Closure } from '../recurrence/index.js'

@Entity('closure')
@Index('ix_closure_site', ['siteId'])
export class ClosureEntity implements Closure {
  @PrimaryColumn('varchar', { length: 36 }) id!: string
  @Column('varchar', { name: 'site_id', length: 40 }) siteId!: string
  @Column('varchar', { name: 'calendar_id', length: 40, nullable: true }) calendarId!: string | null
  @Column('varchar', { name: 'from_on', length: 10, nullable: true }) fromOn!: string | null
  @Column('varchar', { name: 'to_on', length: 10, nullable: true }) toOn!: string | null
  @Column('datetime', { name: 'from_at', precision: 3, nullable: true }) fromAt!: Date | null
  @Column('datetime', { name: 'to_at', precision: 3, nullable: true }) toAt!: Date | null
  @Column('varchar', { length: 200 }) reason!: string
  @Column('boolean', { name: 'is_public' }) isPublic!: boolean
}
