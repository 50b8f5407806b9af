import { type MigrationInterface, type QueryRunner, TableColumn } from 'typeorm'
import { nullable, text } from './table-helpers.js'

/** What somebody who has booked comes for (M1). */
export class BookedMatter1764000000032 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    if (!(await runner.hasColumn('booking', MATTER.name))) await runner.addColumn('booking', new TableColumn(MATTER))
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('booking', MATTER.name)
  }
}

const MATTER = text('matter_id', 40, nullable)
