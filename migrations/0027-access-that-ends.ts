import { type MigrationInterface, type QueryRunner, Table, TableColumn } from 'typeorm'
import { instant, nullable, primary, text } from './table-helpers.js'

/** One-time passwords end; recovery codes stand in for a lost phone, once each (A2). */
export class AccessThatEnds1764000000027 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    if (!(await runner.hasColumn('staff_account', ENDS.name)))
      await runner.addColumn('staff_account', new TableColumn(ENDS))
    await runner.createTable(CODES, true)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable(CODES)
    await runner.dropColumn('staff_account', ENDS.name)
  }
}

const ENDS = instant('password_ends_at', nullable)
const CODES = new Table({
  name: 'staff_recovery_code',
  columns: [text('code_hash', 64, primary), text('username', 60), instant('made_at'), instant('used_at', nullable)],
  indices: [{ name: 'ix_staff_recovery_code_username', columnNames: ['username'] }],
})
