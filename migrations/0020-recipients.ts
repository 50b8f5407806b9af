import { type MigrationInterface, type QueryRunner, TableColumn, TableIndex } from 'typeorm'
import { instant, nullable, text } from './table-helpers.js'

/** To whom a message went, as a keyed hash, and since when it counts (X5). */
export class Recipients1764000000020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const column of COLUMNS)
      if (!(await runner.hasColumn('outbox', column.name))) await runner.addColumn('outbox', new TableColumn(column))
    const { indices } = (await runner.getTable('outbox')) ?? { indices: [] }
    if (!indices.some(({ name }) => name === INDEX.name)) await runner.createIndex('outbox', new TableIndex(INDEX))
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropIndex('outbox', INDEX.name)
    for (const { name } of COLUMNS) await runner.dropColumn('outbox', name)
  }
}

const COLUMNS = [text('recipient_hash', 64, nullable), instant('counted_at', nullable)]
const INDEX = { name: 'ix_outbox_recipient', columnNames: ['recipient_hash', 'counted_at'] }
