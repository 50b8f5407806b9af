import { createPool, type PoolConnection, type ResultSetHeader } from 'mysql2/promise'
import { BARE_SQL, type BareBody, type BareBook, bareRow } from './bare.js'
import { MANY_SEATS, SERVICE } from './scene.js'

/** As many as the app's own pool has. */
const POOL = 10

export const OWN = 'INSERT INTO ownership (bucket) VALUES (?), (?) ON DUPLICATE KEY UPDATE bucket = bucket'

/** Two lines to stand in, lower one first, as the app takes them. */
const buckets = (number: number): number[] => [number % 4096, (number * 31) % 4096].sort((a, b) => a - b)

type Book = (connection: PoolConnection, body: BareBody, own: number[]) => Promise<string>

/** A booking by a pool of mysql2, READ COMMITTED, a transaction each; every statement on its own way to the server. */
export const bareMariaDb = (url: string): BareBook => byPool(url, book)

/** The same in four pieces, as the app sends them. */
export const fewMariaDb = (url: string): BareBook => byPool(url, bookInPieces)

function byPool(url: string, once: Book): BareBook {
  const pool = createPool({
    uri: url.replace(/^mariadb:/, 'mysql:'),
    connectionLimit: POOL,
    timezone: 'Z',
    charset: 'utf8mb4',
    multipleStatements: once === bookInPieces,
  })
  pool.pool.on('connection', (connection) => {
    connection.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED')
  })
  let number = 0
  return async (body) => {
    const connection = await pool.getConnection()
    try {
      return await once(connection, body, buckets(number++))
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

async function bookInPieces(connection: PoolConnection, body: BareBody, own: number[]): Promise<string> {
  const row = bareRow(body, (instant) => instant)
  const piece = (...statements: [sql: string, values: unknown[]][]) => {
    const texts = statements.map(([sql]) => sql).join(';\n')
    return connection.query<ResultSetHeader[]>(
      texts,
      statements.flatMap(([, values]) => values),
    )
  }
  await piece(['START TRANSACTION', []], [BARE_SQL.calendar, [body.site]])
  await piece([BARE_SQL.free, row.free], [OWN, own], [BARE_SQL.active, row.active])
  const [done] = await piece(
    [BARE_SQL.booking, row.booking],
    [BARE_SQL.audit, row.audit],
    [BARE_SQL.outbox, row.outbox],
    [BARE_SQL.take, [body.site, SERVICE, row.starts, MANY_SEATS]],
  )
  if (done.at(-1)?.affectedRows !== 1) throw new Error('no seat')
  await connection.query('COMMIT')
  return row.code
}
