import type { MigrationInterface, QueryRunner } from 'typeorm'
import { lengthenText } from './table-helpers.js'

/** A TOTP secret rests sealed where the id stood that it was derived from: it outlives APP_SECRET. */
export class SealedTotp1764000000025 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const name of COLUMNS) await lengthenText(runner, 'staff_account', { name, length: 120 })
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of COLUMNS) await lengthenText(runner, 'staff_account', { name, length: 36 })
  }
}

const COLUMNS = ['totp_id', 'new_totp_id']
