import { Column, Entity, Index, PrimaryColumn } from 'typeorm'
import type { OutboxState } from './message.shape.js'

/** One mail to be sent about one event of one thing (I7). No address and no secret in it: both are made at sending. */
@Entity('outbox')
@Index('uq_outbox_event', ['subjectId', 'kind', 'occurrence'], { unique: true })
@Index('ix_outbox_due', ['state', 'dueAt'])
@Index('ix_outbox_recipient', ['recipientHash', 'countedAt'])
export class OutboxEntity {
  @PrimaryColumn('varchar', { length: 36 }) id!: string
  @Column('varchar', { length: 40 }) kind!: string
  @Column('varchar', { name: 'subject_id', length: 36 }) subjectId!: string
  /** Tells events of one kind apart: the booking's sequence, or a local day. */
  @Column('varchar', { length: 20 }) occurrence!: string
  @Column('varchar', { length: 10 }) state!: OutboxState
  @Column('integer') attempts!: number
  @Column('datetime', { name: 'due_at', precision: 3 }) dueAt!: Date
  @Column('datetime', { name: 'leased_until', precision: 3, nullable: true }) leasedUntil!: Date | null
  /** Why it was not sent: an `Untold`, or the server's last answer, shortened and without addresses; for staff (L4). */
  @Column('varchar', { name: 'last_error', length: 200, nullable: true }) cause!: string | null
  @Column('datetime', { name: 'created_at', precision: 3 }) createdAt!: Date
  @Column('datetime', { name: 'sent_at', precision: 3, nullable: true }) sentAt!: Date | null
  @Column('datetime', { name: 'tried_at', precision: 3, nullable: true }) triedAt!: Date | null
  /** X5: keyed hash of the normalised address; only as long as it counts. */
  @Column('varchar', { name: 'recipient_hash', length: 64, nullable: true }) recipientHash!: string | null
  /** X5: since when it counts as a message to the recipient. */
  @Column('datetime', { name: 'counted_at', precision: 3, nullable: true }) countedAt!: Date | null
}
