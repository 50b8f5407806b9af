import { Column, Entity, PrimaryColumn } from 'typeorm'

/** The one row that says which database this is; copies and backups of it say the same. */
@Entity('installation')
export class InstallationEntity {
  @PrimaryColumn('integer') id!: number
  @Column('varchar', { name: 'database_id', length: 36 }) databaseId!: string
  /** When a restore was found; null while mail leaves as it should. */
  @Column('datetime', { name: 'mail_held_since', precision: 3, nullable: true }) mailHeldSince!: Date | null
}

/** How often an instance has done what cannot be undone: each writes a row of its own, so that none waits for another. */
@Entity('generation')
export class GenerationEntity {
  @PrimaryColumn('varchar', { length: 36 }) writer!: string
  @Column('integer') value!: number
}
