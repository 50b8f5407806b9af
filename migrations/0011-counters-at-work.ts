import { type MigrationInterface, type QueryRunner, TableColumn, TableIndex } from 'typeorm'
import { instant, integer, nullable, text } from './table-helpers.js'

const BY_BOOKING = 'uq_ticket_booking'

/**
 * A counter belongs to a session and may pause (Q8); a booking may have a second ticket after the first was left (W1);
 * why somebody is urgent or aside is kept with the ticket (D7); the end of a day is written down (Q7).
 */
export class CountersAtWork1764000000011 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [table, column] of columns(runner)) {
      if (!(await runner.hasColumn(table, column.name))) await runner.addColumn(table, column)
    }
    await indexBookings(runner, ['booking_id', 'arrival'])
  }

  async down(runner: QueryRunner): Promise<void> {
    await indexBookings(runner, ['booking_id'])
    for (const [table, { name }] of columns(runner)) await runner.dropColumn(table, name)
  }
}

const columns = (runner: QueryRunner): [table: string, column: TableColumn][] => [
  ['counter', new TableColumn(text('session_id', 36, nullable))],
  ['counter', new TableColumn(instant('paused_at', nullable))],
  ['counter', new TableColumn(text('pause_reason', 200, nullable))],
  ['ticket', new TableColumn(integer(runner, 'arrival', { default: 1 }))],
  ['ticket', new TableColumn(text('urgent_reason', 200, nullable))],
  ['ticket', new TableColumn(text('park_reason', 200, nullable))],
  ['queue_version', new TableColumn(instant('ended_at', nullable))],
]

/** Whatever was the last step before a crash: there may be the old index, the new one, or none (T15). */
async function indexBookings(runner: QueryRunner, columnNames: string[]): Promise<void> {
  const present = (await runner.getTable('ticket'))?.indices.find(({ name }) => name === BY_BOOKING)
  if (present?.columnNames.join() === columnNames.join()) return
  if (present) await runner.dropIndex('ticket', present)
  await runner.createIndex('ticket', new TableIndex({ name: BY_BOOKING, columnNames, isUnique: true }))
}
