import type { DataSource } from 'typeorm'
import { isSqlite } from './engine.js'

/** Long enough for another instance to finish its migrations, short enough to notice one that hangs. */
const WAIT_SECONDS = 120

/** Brings the tables up to date; instances that start together take turns. @returns the names of what was run */
export async function migrate(dataSource: DataSource): Promise<string[]> {
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
