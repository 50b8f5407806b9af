import { type MigrationInterface, type QueryRunner, Table, TableCheck } from 'typeorm'
import { addCheck, instant, integer, primary, text } from './table-helpers.js'

const CHECK = { name: 'ck_taken_seats_not_negative', expression: 'taken >= 0' }

export class Seats1764000000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    if (!(await runner.hasTable('taken_seats'))) {
      await runner.createTable(takenSeats(runner))
      await addCheck(runner, 'taken_seats', CHECK.name, CHECK.expression)
    }
    await runner.createTable(seatClaim(), true)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('seat_claim', true)
    await runner.dropTable('taken_seats', true)
  }
}

const takenSeats = (runner: QueryRunner): Table =>
  new Table({
    name: 'taken_seats',
    columns: [
      text('site_id', 40, primary),
      text('calendar_id', 40, primary),
      instant('starts_at', primary),
      integer(runner, 'taken'),
    ],
    checks: [new TableCheck(CHECK)],
  })

const seatClaim = (): Table =>
  new Table({
    name: 'seat_claim',
    columns: [
      text('holder_id', 36, primary),
      instant('starts_at', primary),
      text('site_id', 40),
      text('calendar_id', 40),
      instant('expires_at'),
    ],
    indices: [
      { name: 'ix_seat_claim_slot', columnNames: ['site_id', 'calendar_id', 'starts_at'] },
      { name: 'ix_seat_claim_expires', columnNames: ['expires_at'] },
    ],
  })
