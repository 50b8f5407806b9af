import { Column, Entity, PrimaryColumn } from 'typeorm'
import type { Matter, MatterDocument, MatterForm, MatterLink, MatterWay } from './matter.js'

@Entity('matter')
export class MatterEntity implements Matter {
  @PrimaryColumn('varchar', { length: 40 }) id!: string
  @Column('varchar', { name: 'name_it', length: 120 }) nameIt!: string
  @Column('varchar', { name: 'name_en', length: 120 }) nameEn!: string
  @Column('text', { name: 'about_it' }) aboutIt!: string
  @Column('text', { name: 'about_en' }) aboutEn!: string
  @Column('simple-json') ways!: MatterWay[]
  @Column('simple-json') documents!: MatterDocument[]
  @Column('simple-json') forms!: MatterForm[]
  @Column('simple-json') links!: MatterLink[]
  @Column('integer') weight!: number
  @Column('boolean', { name: 'is_example' }) isExample!: boolean
  @Column('integer') position!: number
}
