import { Column, Entity, PrimaryColumn } from 'typeorm'
import type { OpeningRule } from '../recurrence/index.js'

/** A calendar of a site (S1) with its settings (S6). Slots are computed from it, never stored. */
@Entity('calendar')
export class CalendarEntity {
  @PrimaryColumn('varchar', { name: 'site_id', length: 40 }) siteId!: string
  @PrimaryColumn('varchar', { length: 40 }) id!: string
  /** Grows with every change of its rules, settings, closures (of it or its site) and openings; starts anywhere. */
  @Column('integer') version!: number
  @Column('integer', { name: 'min_notice_minutes' }) minNoticeMinutes!: number
  @Column('integer', { name: 'horizon_days' }) horizonDays!: number
  @Column('simple-json', { name: 'service_ids' }) serviceIds!: string[]
  @Column('simple-json') rules!: OpeningRule[]
  /** Days whose slots have begun to be counted: written so that it meets a change of the version. */
  @Column('integer', { name: 'days_counted', default: 0, select: false }) daysCounted!: number
}
