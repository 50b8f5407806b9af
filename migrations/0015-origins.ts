import { type MigrationInterface, type QueryRunner, Table, TableColumn, TableIndex } from 'typeorm'
import { instant, integer, longText, nullable, primary, text } from './table-helpers.js'

/** Where bookings came from, as keyed hashes (X1, X2), and hours in which too many came (X4). */
export class Origins1764000000015 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [table, column] of COLUMNS)
      if (!(await runner.hasColumn(table, column.name))) await runner.addColumn(table, new TableColumn(column))
    // Bookings of before count as confirmed when they were made.
    await runner.query(
      `UPDATE booking SET confirmed_at = booked_at
       WHERE confirmed_at IS NULL AND booked_at IS NOT NULL AND status NOT IN ('held', 'pending', 'expired')`,
    )
    const { indices } = (await runner.getTable('booking')) ?? { indices: [] }
    for (const index of INDICES)
      if (!indices.some(({ name }) => name === index.name)) await runner.createIndex('booking', new TableIndex(index))
    await runner.createTable(alarm(runner), true)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('booking_alarm', true)
    for (const { name } of INDICES) await runner.dropIndex('booking', name)
    for (const [table, { name }] of COLUMNS) await runner.dropColumn(table, name)
  }
}

const COLUMNS = [
  ['booking', text('browser_hash', 64, nullable)],
  ['booking', text('address_hash', 64, nullable)],
  ['booking', text('network_hash', 64, nullable)],
  ['booking', text('tax_code_kind', 16, nullable)],
  ['booking', instant('confirmed_at', nullable)],
  ['booking', instant('proven_at', nullable)],
  ['site', { ...longText('trusted_addresses'), isNullable: true }],
] as const

const INDICES = [
  { name: 'ix_booking_browser', columnNames: ['browser_hash'] },
  { name: 'ix_booking_address', columnNames: ['address_hash', 'confirmed_at'] },
  { name: 'ix_booking_network', columnNames: ['network_hash', 'confirmed_at'] },
  { name: 'ix_booking_made', columnNames: ['site_id', 'booked_at'] },
]

const alarm = (runner: QueryRunner): Table =>
  new Table({
    name: 'booking_alarm',
    columns: [
      text('site_id', 40, primary),
      instant('hour_at', primary),
      integer(runner, 'bookings'),
      integer(runner, 'usual_tenths'),
      instant('raised_at'),
    ],
  })
