import { type MigrationInterface, type QueryRunner, TableColumn } from 'typeorm'
import { integer } from './table-helpers.js'

/** Owning a name writes something, so that the nodes of a cluster see it at commit (T52). */
export class OwnershipTurn1764000000014 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    if (await runner.hasColumn('ownership', 'turn')) return
    await runner.addColumn('ownership', new TableColumn(integer(runner, 'turn', { default: 0 })))
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('ownership', 'turn')
  }
}
