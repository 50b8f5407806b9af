import { Column, Entity, PrimaryColumn } from 'typeorm'

/** The last proof of an instance that the database takes its writing. */
@Entity('write_probe')
export class WriteProbeEntity {
  @PrimaryColumn('integer') instance!: number
  @Column('datetime', { name: 'written_at', precision: 3 }) writtenAt!: Date
}
