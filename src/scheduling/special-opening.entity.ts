import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import type { OpeningWindow, SpecialOpening } from '../recurrence/index.js'

@Entity('special_opening')
@Index('ix_special_opening_calendar', ['siteId', 'calendarId'])
export class SpecialOpeningEntity implements SpecialOpening {
  @PrimaryColumn('varchar', { length: 36 }) id!: string
  @Column('varchar', { name: 'site_id', length: 40 }) siteId!: string
  @Column('varchar', { name: 'calendar_id', length: 40 }) calendarId!: string
  @Column('varchar', { length: 10 }) day!: string
  @Column('simple-json') windows!: OpeningWindow[]
}
