import { Entity, PrimaryColumn } from 'typeorm'

/** Which instance has taken which run of which job. */
@Entity('job_run')
export class JobRunEntity {
  @PrimaryColumn('varchar', { length: 40 }) job!: string
  @PrimaryColumn('datetime', { name: 'due_at', precision: 3 }) dueAt!: Date
}
