import { Column, Entity, Index, PrimaryColumn } from 'typeorm'

/** What was answered to an idempotency key (K9). The key rests as a hash; the body is sealed (L1). */
@Entity('kept_answer')
@Index('ix_kept_answer_created', ['createdAt'])
export class KeptAnswerEntity {
  @PrimaryColumn('varchar', { name: 'key_hash', length: 64 }) keyHash!: string
  @Column('varchar', { name: 'content_hash', length: 64 }) contentHash!: string
  @Column('integer') status!: number
  @Column('text') body!: string
  @Column('datetime', { name: 'created_at', precision: 3 }) createdAt!: Date
}
