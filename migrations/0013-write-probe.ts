import { type MigrationInterface, type QueryRunner, Table } from 'typeorm'
import { instant, integer, primary } from './table-helpers.js'

/** A row for each instance to write when it is asked whether it can (docs/decisions/019). */
export class WriteProbe1764000000013 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'write_probe',
        columns: [integer(runner, 'instance', primary), instant('written_at')],
      }),
      true,
    )
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('write_probe', true)
  }
}
