import { type MigrationInterface, type QueryRunner, Table } from 'typeorm'
import { flag, instant, integer, longText, nullable, primary, text } from './table-helpers.js'

/** Calendars, and what takes their place on single days. */
export class Scheduling1764000000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of tables(runner)) await runner.createTable(table, true)
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of tables(runner).reverse()) await runner.dropTable(table, true)
  }
}

const tables = (runner: QueryRunner): Table[] => [
  new Table({
    name: 'calendar',
    columns: [
      text('site_id', 40, primary),
      text('id', 40, primary),
      integer(runner, 'version'),
      integer(runner, 'min_notice_minutes'),
      integer(runner, 'horizon_days'),
      longText('service_ids'),
      longText('rules'),
    ],
  }),
  new Table({
    name: 'closure',
    columns: [
      text('id', 36, primary),
      text('site_id', 40),
      text('calendar_id', 40, nullable),
      text('from_on', 10, nullable),
      text('to_on', 10, nullable),
      instant('from_at', nullable),
      instant('to_at', nullable),
      text('reason', 200),
      flag(runner, 'is_public'),
    ],
    indices: [{ name: 'ix_closure_site', columnNames: ['site_id'] }],
  }),
  new Table({
    name: 'special_opening',
    columns: [
      text('id', 36, primary),
      text('site_id', 40),
      text('calendar_id', 40),
      text('day', 10),
      longText('windows'),
    ],
    indices: [{ name: 'ix_special_opening_calendar', columnNames: ['site_id', 'calendar_id'] }],
  }),
]
