import { type MigrationInterface, type QueryRunner, TableColumn } from 'typeorm'
import { instant, nullable } from './table-helpers.js'

const COLUMNS: [table: string, column: TableColumn][] = [
  ['device', new TableColumn(instant('printer_failed_at', nullable))],
  ['site', new TableColumn({ name: 'notices', type: 'text', isNullable: true })],
]

/** What a kiosk says of its printer, and what a manager says on the screens. One column at a time (T15). */
export class Screens1764000000012 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [table, column] of COLUMNS)
      if (!(await runner.hasColumn(table, column.name))) await runner.addColumn(table, column)
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [table, column] of COLUMNS)
      if (await runner.hasColumn(table, column.name)) await runner.dropColumn(table, column)
  }
}
