import { describeWith, notice } from './needs.js'
import { sharedMariaDb } from './mariadb.js'

/** A kind of database the app runs on. */
export interface Engine {
  name: 'sqlite' | 'mariadb'
  /** `DATABASE_URL` of a new, empty database: an address on MariaDB, null on SQLite (a file in a new DATA_DIR). */
  freshUrl(): Promise<string | null>
}

export const SQLITE: Engine = { name: 'sqlite', freshUrl: () => Promise.resolve(null) }

export const MARIADB: Engine = { name: 'mariadb', freshUrl: async () => (await sharedMariaDb()).freshDatabaseUrl() }

const only = process.env['TEST_DB']
if (only !== undefined && only !== 'sqlite' && only !== 'mariadb') throw new Error('TEST_DB must be sqlite or mariadb')

/**
 * Declares the same suite once per engine: SQLite always, MariaDB when it is installed (else skipped, see needs.ts).
 * `TEST_DB=sqlite` or `TEST_DB=mariadb` leaves the other out.
 */
export function forEachEngine(body: (engine: Engine) => void): void {
  if (only !== 'mariadb') describe('on SQLite', () => body(SQLITE))
  if (only !== 'sqlite') describeWith('MariaDB', 'on MariaDB', () => body(MARIADB))
  if (only !== undefined) notice(`Not run: suites of the other engine (TEST_DB=${only})`)
}
