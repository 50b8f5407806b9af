import type { DataSource } from 'typeorm'
import { runErrand } from '../errand.js'
import { isSqlite } from './engine.js'
import { withMigrationLease } from './migration-lease.js'

/** A table takes as long to change as it takes. */
const NO_END = { endsAtMs: Number.POSITIVE_INFINITY }

/** Brings the tables up to date; instances that start together take turns. @returns the names of what was run */
export const migrate = (dataSource: DataSource): Promise<string[]> =>
  runErrand(NO_END, () => {
    const run = async () => (await dataSource.runMigrations()).map((done) => done.name)
    return isSqlite(dataSource) ? run() : withMigrationLease(dataSource, run)
  })
