import { type MigrationInterface, type QueryRunner, Table } from 'typeorm'
import { flag, integer, longText, nullable, primary, text } from './table-helpers.js'

export class Sites1764000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of tables(runner)) await runner.createTable(table, true)
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of tables(runner).reverse()) await runner.dropTable(table, true)
  }
}

const tables = (runner: QueryRunner): Table[] => [
  new Table({
    name: 'site',
    columns: [
      text('id', 40, primary),
      text('name', 120),
      text('address', 200),
      text('time_zone', 60),
      text('phone', 30, nullable),
      flag(runner, 'email_confirmation'),
      longText('open_on_holidays'),
      flag(runner, 'is_example'),
      integer(runner, 'position'),
    ],
  }),
  new Table({
    name: 'service',
    columns: [
      text('id', 40, primary),
      text('name_it', 120),
      text('name_en', 120),
      flag(runner, 'bookable'),
      text('walk_in_from', 5, nullable),
      text('walk_in_to', 5, nullable),
      text('lane', 1),
      longText('bring_it'),
      longText('bring_en'),
      integer(runner, 'position'),
    ],
  }),
  new Table({
    name: 'site_service',
    columns: [text('site_id', 40, primary), text('service_id', 40, primary), integer(runner, 'persons_per_slot')],
  }),
]
