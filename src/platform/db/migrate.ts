import type { DataSource } from 'typeorm'
import { runErrand } from '../errand.js'
import { isSqlite } from './engine.js'

/** Long enough for another instance to finish its migrations, short enough to notice one that hangs. */
const WAIT_SECONDS = 120

/** A table takes as long to change as it takes. */
const NO_END = { endsAtMs: Number.POSITIVE_INFINITY }

/** Brings the tables up to date; instances that start together take turns. @returns the names of what was run */
export const migrate = (dataSource: DataSource): Promise<string[]> => runErrand(NO_END, () => inTurn(dataSource))

async function inTurn(dataSource: DataSource): Promise<string[]> {
  if (isSqlite(dataSource)) return (await dataSource.runMigrations()).map((done) => done.name)
  const runner = dataSource.createQueryRunner()
  try {
    const [row] = (await runner.query("SELECT GET_LOCK('turno-migrate', ?) AS got", [WAIT_SECONDS])) as {
      got: unknown
    }[]
    if (Number(row?.got) !== 1)
      throw new Error('Another instance is still changing the tables. Try again when it is done.')
    return (await dataSource.runMigrations()).map((done) => done.name)
  } finally {
    await runner.query("SELECT RELEASE_LOCK('turno-migrate')")
    await runner.release()
  }
}
