import { type MigrationInterface, type QueryRunner, TableColumn } from 'typeorm'
import { instant, nullable } from './table-helpers.js'

/** Until when a ticket lets others go first (Q9). */
export class WaysGiven1764000000028 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    if (!(await runner.hasColumn('ticket', UNTIL.name))) await runner.addColumn('ticket', new TableColumn(UNTIL))
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('ticket', UNTIL.name)
  }
}

const UNTIL = instant('gave_way_until', nullable)
