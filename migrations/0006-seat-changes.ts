import { type MigrationInterface, type QueryRunner, TableColumn } from 'typeorm'
import { integer } from './table-helpers.js'

export class SeatChanges1764000000006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    if (await runner.hasColumn('taken_seats', 'changes')) return
    await runner.addColumn('taken_seats', new TableColumn(integer(runner, 'changes', { default: 0 })))
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('taken_seats', 'changes')
  }
}
