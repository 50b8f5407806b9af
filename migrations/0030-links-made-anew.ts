import { type MigrationInterface, type QueryRunner, TableColumn } from 'typeorm'
import { integer } from './table-helpers.js'

/** How often a booking's link was made anew (C4): the token is derived from it, and the one before opens nothing. */
export class LinksMadeAnew1764000000030 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    if (await runner.hasColumn('booking', 'link_turn')) return
    await runner.addColumn('booking', new TableColumn(integer(runner, 'link_turn', { default: 0 })))
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('booking', 'link_turn')
  }
}
