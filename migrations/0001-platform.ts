import { type MigrationInterface, type QueryRunner, Table } from 'typeorm'
import { instant, integer, isMysql, longText, nullable, primary, text } from './table-helpers.js'

/** What every room leans on: lines to stand in, kept answers, mail to send, job runs, the audit record. */
export class Platform1764000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Byte-exact comparison everywhere: codes, tokens and ids must not match by case or accent (T09, T16).
    if (isMysql(runner)) await runner.query('ALTER DATABASE CHARACTER SET utf8mb4 COLLATE utf8mb4_bin')
    for (const table of tables(runner)) await runner.createTable(table, true)
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of tables(runner).reverse()) await runner.dropTable(table, true)
  }
}

const tables = (runner: QueryRunner): Table[] => [
  new Table({ name: 'ownership', columns: [integer(runner, 'bucket', primary)] }),
  new Table({
    name: 'kept_answer',
    columns: [
      text('key_hash', 64, primary),
      text('content_hash', 64),
      integer(runner, 'status'),
      longText('body'),
      instant('created_at'),
    ],
    indices: [{ name: 'ix_kept_answer_created', columnNames: ['created_at'] }],
  }),
  new Table({
    name: 'outbox',
    columns: [
      text('id', 36, primary),
      text('kind', 40),
      text('subject_id', 36),
      text('occurrence', 20),
      text('state', 10),
      integer(runner, 'attempts'),
      instant('due_at'),
      instant('leased_until', nullable),
      text('last_error', 200, nullable),
      instant('created_at'),
      instant('sent_at', nullable),
    ],
    indices: [
      { name: 'uq_outbox_event', columnNames: ['subject_id', 'kind', 'occurrence'], isUnique: true },
      { name: 'ix_outbox_due', columnNames: ['state', 'due_at'] },
    ],
  }),
  new Table({ name: 'job_run', columns: [text('job', 40, primary), instant('due_at', primary)] }),
  new Table({
    name: 'audit_record',
    columns: [
      integer(runner, 'id', { isPrimary: true, isGenerated: true, generationStrategy: 'increment' }),
      instant('at'),
      text('who', 60),
      text('what', 40),
      text('subject_kind', 20),
      text('subject_id', 90),
      text('from_state', 60, nullable),
      text('to_state', 60, nullable),
      text('reason', 500, nullable),
    ],
    indices: [{ name: 'ix_audit_subject', columnNames: ['subject_kind', 'subject_id'] }],
  }),
]
