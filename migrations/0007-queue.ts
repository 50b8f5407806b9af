import { type MigrationInterface, type QueryRunner, Table, TableColumn } from 'typeorm'
import { flag, instant, integer, longText, nullable, primary, text } from './table-helpers.js'

/** Counters, tickets, calls, and what a site's walk-ins and order depend on. */
export class Queue1764000000007 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of tables(runner)) await runner.createTable(table, true)
    await addWalkIns(runner)
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const { name } of walkInColumns(runner)) await runner.dropColumn('site_service', name)
    for (const table of tables(runner).reverse()) await runner.dropTable(table, true)
  }
}

/**
 * Sites that offer a service already take walk-ins as the service said; pick-up points have seniors first. Each step
 * can be taken again, whichever was the last before a crash: MariaDB keeps the columns that were added (T15).
 */
async function addWalkIns(runner: QueryRunner): Promise<void> {
  for (const column of walkInColumns(runner)) {
    if (!(await runner.hasColumn('site_service', column.name))) await runner.addColumn('site_service', column)
  }
  const ofService = (column: string) => `(SELECT ${column} FROM service WHERE service.id = site_service.service_id)`
  await runner.query(
    `UPDATE site_service SET walk_in_from = ${ofService('walk_in_from')}, walk_in_to = ${ofService('walk_in_to')}
     WHERE walk_in_from IS NULL AND walk_in_to IS NULL`,
  )
  await runner.query(`UPDATE site_service SET senior_first = 1 WHERE senior_first = 0 AND ${ofService('lane')} = 'R'`)
}

const walkInColumns = (runner: QueryRunner): TableColumn[] =>
  [
    integer(runner, 'max_wait_minutes', nullable),
    integer(runner, 'daily_quota', nullable),
    text('walk_in_from', 5, nullable),
    text('walk_in_to', 5, nullable),
    { ...flag(runner, 'senior_first'), default: '0' },
  ].map((column) => new TableColumn(column))

const tables = (runner: QueryRunner): Table[] => [
  new Table({
    name: 'counter',
    columns: [
      text('id', 60, primary),
      text('site_id', 40),
      text('name', 20),
      integer(runner, 'position'),
      text('open_on', 10, nullable),
      text('operator', 60, nullable),
      { ...longText('service_ids'), isNullable: true },
    ],
    indices: [{ name: 'uq_counter_name', columnNames: ['site_id', 'name'], isUnique: true }],
  }),
  new Table({
    name: 'queue_version',
    columns: [text('site_id', 40, primary), integer(runner, 'version'), text('on_day', 10)],
  }),
  new Table({
    name: 'lane_number',
    columns: [
      text('site_id', 40, primary),
      text('day', 10, primary),
      text('lane', 1, primary),
      integer(runner, 'last_number'),
    ],
  }),
  ticket(runner),
  ticketCall(runner),
]

const ticket = (runner: QueryRunner): Table =>
  new Table({
    name: 'ticket',
    columns: [
      text('id', 36, primary),
      text('token_hash', 64),
      text('site_id', 40),
      text('day', 10),
      text('lane', 1),
      integer(runner, 'number'),
      integer(runner, 'made'),
      text('service_id', 40),
      text('drawn_for', 40),
      text('booking_id', 36, nullable),
      instant('starts_at', nullable),
      text('status', 10),
      instant('issued_at'),
      instant('joined_at'),
      instant('urgent_at', nullable),
      flag(runner, 'is_senior'),
      flag(runner, 'is_returned'),
      text('counter_id', 60, nullable),
      text('for_counter_id', 60, nullable),
      text('call_id', 36, nullable),
      integer(runner, 'revision'),
      text('last_step', 10),
      { ...longText('undo'), isNullable: true },
      text('undo_step', 36, nullable),
    ],
    indices: [
      { name: 'uq_ticket_number', columnNames: ['site_id', 'day', 'lane', 'number'], isUnique: true },
      { name: 'uq_ticket_token', columnNames: ['token_hash'], isUnique: true },
      { name: 'uq_ticket_booking', columnNames: ['booking_id'], isUnique: true },
      { name: 'ix_ticket_day', columnNames: ['site_id', 'day', 'status'] },
    ],
  })

const ticketCall = (runner: QueryRunner): Table =>
  new Table({
    name: 'ticket_call',
    columns: [
      text('id', 36, primary),
      text('site_id', 40),
      text('day', 10),
      integer(runner, 'version'),
      text('ticket_id', 36),
      text('number', 10),
      text('counter_id', 60),
      text('counter_name', 20),
      text('service_id', 40),
      text('queue_class', 20),
      text('reason', 200, nullable),
      text('called_by', 60),
      instant('first_called_at'),
      instant('called_at'),
      integer(runner, 'times'),
      instant('started_at', nullable),
      instant('ended_at', nullable),
      text('outcome', 12, nullable),
    ],
    indices: [
      { name: 'ix_ticket_call_day', columnNames: ['site_id', 'day', 'version'] },
      { name: 'ix_ticket_call_served', columnNames: ['site_id', 'service_id', 'outcome', 'ended_at'] },
      { name: 'ix_ticket_call_ticket', columnNames: ['ticket_id'] },
    ],
  })
