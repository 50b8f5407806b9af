import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm'

/** Append-only: who changed what, when, from what to what, and why (A3). Never a codice fiscale, name or address. */
@Entity('audit_record')
@Index('ix_audit_subject', ['subjectKind', 'subjectId'])
export class AuditRecordEntity {
  @PrimaryGeneratedColumn('increment') id!: number
  @Column('datetime', { precision: 3 }) at!: Date
  /** `visitor`, `system`, or the name a member of staff signs in with. */
  @Column('varchar', { length: 60 }) who!: string
  /** The action's name: `book-slot`, `cancel-booking`… */
  @Column('varchar', { length: 40 }) what!: string
  @Column('varchar', { name: 'subject_kind', length: 20 }) subjectKind!: string
  @Column('varchar', { name: 'subject_id', length: 90 }) subjectId!: string
  @Column('varchar', { name: 'from_state', length: 1000, nullable: true }) from!: string | null
  @Column('varchar', { name: 'to_state', length: 1000, nullable: true }) to!: string | null
  @Column('varchar', { length: 500, nullable: true }) reason!: string | null
}
