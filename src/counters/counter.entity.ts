import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import type { Counter } from './counter.js'

@Entity('counter')
@Index('uq_counter_name', ['siteId', 'name'], { unique: true })
export class CounterEntity implements Counter {
  @PrimaryColumn('varchar', { length: 60 }) id!: string
  @Column('varchar', { name: 'site_id', length: 40 }) siteId!: string
  @Column('varchar', { length: 20 }) name!: string
  @Column('integer') position!: number
  @Column('varchar', { name: 'open_on', length: 10, nullable: true }) openOn!: string | null
  @Column('varchar', { length: 60, nullable: true }) operator!: string | null
  @Column('varchar', { name: 'session_id', length: 36, nullable: true }) sessionId!: string | null
  @Column('datetime', { name: 'paused_at', precision: 3, nullable: true }) pausedAt!: Date | null
  @Column('varchar', { name: 'pause_reason', length: 200, nullable: true }) pauseReason!: string | null
  @Column('simple-json', { name: 'service_ids', nullable: true }) serviceIds!: string[] | null
}

/** B1: how often a site's queue has changed. Grows in the transaction of the change, so every instance sees the same. */
@Entity('queue_version')
export class QueueVersionEntity {
  @PrimaryColumn('varchar', { name: 'site_id', length: 40 }) siteId!: string
  @Column('integer') version!: number
  /** The local day whose queue the version is of: the next day's is another one. */
  @Column('varchar', { name: 'on_day', length: 10 }) onDay!: string
  /** When the end of a day was written down last (Q7). */
  @Column('datetime', { name: 'ended_at', precision: 3, nullable: true }) endedAt!: Date | null
}
