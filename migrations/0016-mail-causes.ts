import { type MigrationInterface, type QueryRunner, TableColumn } from 'typeorm'
import { instant, nullable } from './table-helpers.js'

/** When a mail was tried last: staff read it beside the cause of what was not delivered (L4). */
export class MailCauses1764000000016 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    if (await runner.hasColumn('outbox', 'tried_at')) return
    await runner.addColumn('outbox', new TableColumn(instant('tried_at', nullable)))
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('outbox', 'tried_at')
  }
}
