import { type MigrationInterface, type QueryRunner, Table } from 'typeorm'
import { instant, integer, nullable, primary, text } from './table-helpers.js'

/** How a database that came back from a backup is known, and the mail that waits then (docs/decisions/022). */
export class Restores1764000000019 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of tables(runner)) await runner.createTable(table, true)
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of tables(runner)) await runner.dropTable(table, true)
  }
}

const tables = (runner: QueryRunner): Table[] => [
  new Table({
    name: 'installation',
    columns: [integer(runner, 'id', primary), text('database_id', 36), instant('mail_held_since', nullable)],
  }),
  new Table({ name: 'generation', columns: [text('writer', 36, primary), integer(runner, 'value')] }),
]
