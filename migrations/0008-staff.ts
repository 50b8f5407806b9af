import { type MigrationInterface, type QueryRunner, Table } from 'typeorm'
import { flag, instant, integer, longText, nullable, primary, text } from './table-helpers.js'

/** Who may act: accounts, their sessions, and paired machines. */
export class Staff1764000000008 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of tables(runner)) await runner.createTable(table, true)
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of tables(runner).reverse()) await runner.dropTable(table, true)
  }
}

const tables = (runner: QueryRunner): Table[] => [
  new Table({
    name: 'staff_account',
    columns: [
      text('username', 60, primary),
      text('role', 10),
      longText('site_ids'),
      text('password_hash', 120),
      flag(runner, 'password_is_long'),
      flag(runner, 'must_change_password'),
      text('totp_id', 36, nullable),
      text('new_totp_id', 36, nullable),
      integer(runner, 'totp_step', nullable),
      flag(runner, 'is_active'),
      instant('created_at'),
    ],
  }),
  new Table({
    name: 'staff_session',
    columns: [
      text('id', 36, primary),
      text('token_hash', 64),
      text('username', 60),
      instant('signed_in_at'),
      instant('seen_at'),
    ],
    indices: [
      { name: 'uq_staff_session_token', columnNames: ['token_hash'], isUnique: true },
      { name: 'ix_staff_session_username', columnNames: ['username'] },
    ],
  }),
  new Table({
    name: 'device',
    columns: [
      text('id', 36, primary),
      text('site_id', 40),
      text('kind', 10),
      text('pairing_hash', 64, nullable),
      instant('pairing_ends_at', nullable),
      text('token_hash', 64, nullable),
      instant('created_at'),
      instant('paired_at', nullable),
    ],
    indices: [
      { name: 'uq_device_pairing', columnNames: ['pairing_hash'], isUnique: true },
      { name: 'uq_device_token', columnNames: ['token_hash'], isUnique: true },
      { name: 'ix_device_site', columnNames: ['site_id'] },
    ],
  }),
]
