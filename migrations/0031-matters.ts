import { type MigrationInterface, type QueryRunner, Table } from 'typeorm'
import { flag, integer, longText, primary, text } from './table-helpers.js'

/** What people come for (M1). It starts empty on an installation that is there already: nothing depends on it. */
export class Matters1764000000031 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(matter(runner), true)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('matter', true)
  }
}

const matter = (runner: QueryRunner): Table =>
  new Table({
    name: 'matter',
    columns: [
      text('id', 40, primary),
      text('name_it', 120),
      text('name_en', 120),
      longText('about_it'),
      longText('about_en'),
      longText('ways'),
      longText('documents'),
      longText('forms'),
      longText('links'),
      integer(runner, 'weight'),
      flag(runner, 'is_example'),
      integer(runner, 'position'),
    ],
  })
