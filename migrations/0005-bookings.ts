import { type MigrationInterface, type QueryRunner, Table } from 'typeorm'
import { instant, integer, nullable, primary, text } from './table-helpers.js'

export class Bookings1764000000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(booking(runner), true)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('booking', true)
  }
}

const booking = (runner: QueryRunner): Table =>
  new Table({
    name: 'booking',
    columns: [
      text('id', 36, primary),
      text('code', 8, nullable),
      text('token_hash', 64),
      text('hold_hash', 64, nullable),
      text('site_id', 40),
      text('service_id', 40),
      text('calendar_id', 40),
      instant('starts_at'),
      instant('ends_at'),
      text('on_day', 10),
      integer(runner, 'slot_minutes'),
      integer(runner, 'slot_count'),
      integer(runner, 'persons'),
      text('status', 10),
      instant('expires_at', nullable),
      integer(runner, 'sequence'),
      text('lang', 2),
      ...person(),
      instant('created_at'),
      instant('booked_at', nullable),
    ],
    indices: [
      { name: 'uq_booking_code', columnNames: ['code'], isUnique: true },
      { name: 'uq_booking_token', columnNames: ['token_hash'], isUnique: true },
      { name: 'uq_booking_hold', columnNames: ['hold_hash'], isUnique: true },
      { name: 'ix_booking_person', columnNames: ['person_hash', 'service_id', 'status'] },
      { name: 'ix_booking_mail', columnNames: ['email_key', 'status'] },
      { name: 'ix_booking_day', columnNames: ['site_id', 'on_day', 'status'] },
      { name: 'ix_booking_status', columnNames: ['status', 'expires_at'] },
    ],
  })

/** Empty while the seat is only held, and again after retention (A4). */
const person = () => [
  text('first_name', 60, nullable),
  text('last_name', 60, nullable),
  text('email', 254, nullable),
  text('email_key', 254, nullable),
  text('phone', 20, nullable),
  text('tax_code_sealed', 120, nullable),
  text('person_hash', 64, nullable),
  text('comune', 6, nullable),
  text('notes', 200, nullable),
]
