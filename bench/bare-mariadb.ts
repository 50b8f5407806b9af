import { createPool, type PoolConnection, type ResultSetHeader } from 'mysql2/promise'
import { BARE_SQL, type BareBody, type BareBook, bareRow } from './bare.js'
import { MANY_SEATS, SERVICE } from './scene.js'

/** As many as the app's own pool has. */
const POOL = 10

export const OWN = 'INSERT INTO ownership (bucket) VALUES (?), (?) ON DUPLICATE KEY UPDATE bucket = bucket'

/** Two lines to stand in, lower one first, as the app takes them. */
const buckets = (number: number): number[] => [number % 4096, (number * 31) % 4096].sort((a, b) => a - b)

/** A booking by a pool of mysql2: READ COMMITTED, a transaction each. */
export function bareMariaDb(url: string): BareBook {
  const pool = createPool({
    uri: url.replace(/^mariadb:/, 'mysql:'),
    connectionLimit: POOL,
    timezone: 'Z',
    charset: 'utf8mb4',
  })
  pool.pool.on('connection', (connection) => {
    connection.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED')
  })
  let number = 0
  return async (body) => {
    const connection = await pool.getConnection()
    try {
      return await book(connection, body, buckets(number++))
    } catch (error) {
      await connection.query('ROLLBACK')
      throw error
    } finally {
      connection.release()
    }
  }
}

async function book(connection: PoolConnection, body: BareBody, own: number[]): Promise<string> {
  const row = bareRow(body, (instant) => instant)
  await connection.query('START TRANSACTION')
  await connection.query(BARE_SQL.calendar, [body.site])
  await connection.query(BARE_SQL.free, row.free)
  await connection.query(OWN, own)
  await connection.query(BARE_SQL.active, row.active)
  await connection.query(BARE_SQL.booking, row.booking)
  await connection.query(BARE_SQL.audit, row.audit)
  await connection.query(BARE_SQL.outbox, row.outbox)
  const [taken] = await connection.query<ResultSetHeader>(BARE_SQL.take, [body.site, SERVICE, row.starts, MANY_SEATS])
  if (taken.affectedRows !== 1) throw new Error('no seat')
  await connection.query('COMMIT')
  return row.code
}
