import { createConnection } from 'mysql2/promise'
import type { DataSource } from 'typeorm'
import type { Log } from '../log.js'
import { clusterSession } from './cluster.js'
import { oneByOne, sendTogether } from './send-together.js'
import { limitStatements, type PoolConnection } from './statement-deadline.js'
import { makeUnitPool } from './unit-pool.js'

/** What the server behind a `mysql://` or `mariadb://` address says of itself. */
export interface ServerFacts {
  /** TypeORM's driver type: `mysql` on MariaDB would rewrite columns at every comparison. */
  type: 'mysql' | 'mariadb'
  version: string
  /** Settings under which an acknowledged commit can be lost; empty when none. */
  unsafe: string[]
}

interface VersionRow {
  version: string
  flush: number
  binlog: number
  syncBinlog: number
}

/** A server that takes so long to greet does not answer in time either. */
export const CONNECT_MS = 4000

/**
 * Asks the server what it is, and creates the database when it is missing and the user may.
 * @throws Error naming DATABASE_URL when the server cannot be reached or does not let the user in
 */
export async function askServer(databaseUrl: string): Promise<ServerFacts> {
  const url = new URL(databaseUrl)
  const database = decodeURIComponent(url.pathname.slice(1))
  const port = Number(url.port || 3306)
  const connection = await createConnection({
    host: url.hostname,
    port,
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    connectTimeout: CONNECT_MS,
  }).catch((error: unknown) => {
    const { code = 'no answer' } = error as { code?: string }
    throw new Error(`DATABASE_URL: cannot connect to ${url.hostname}:${port} (${code})`, { cause: error })
  })
  try {
    await connection
      .query(`CREATE DATABASE IF NOT EXISTS ${connection.escapeId(database)} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`)
      .catch(() => undefined) // not allowed to: then it must exist, and connecting to it will tell
    const [rows] = await connection.query(
      'SELECT VERSION() AS version, @@innodb_flush_log_at_trx_commit AS flush, @@log_bin AS `binlog`, @@sync_binlog AS syncBinlog',
    )
    return factsOf((rows as VersionRow[])[0] as VersionRow)
  } finally {
    await connection.end()
  }
}

function factsOf(row: VersionRow): ServerFacts {
  const unsafe: string[] = []
  if (Number(row.flush) !== 1) unsafe.push(`innodb_flush_log_at_trx_commit=${row.flush} (1 keeps every commit)`)
  // Without sync_binlog a crash may lose the tail of the binary log; the tables keep it when flush is 1.
  if (Number(row.binlog) === 1 && Number(row.syncBinlog) === 0) unsafe.push('sync_binlog=0 (1 keeps replicas complete)')
  return { type: /mariadb/i.test(row.version) ? 'mariadb' : 'mysql', version: row.version, unsafe }
}

/** @throws Error in production when the server may lose acknowledged bookings; elsewhere it warns. */
export function assertDurable(facts: ServerFacts, production: boolean, log: Log): void {
  if (facts.unsafe.length === 0) return
  const sentence = `The database server may lose acknowledged bookings: ${facts.unsafe.join('; ')}`
  if (production) throw new Error(sentence)
  log.warn(sentence)
}

/** Waited once (T54): longer than any of our own units holds a row, short enough for an answer in time. */
const LOCK_WAIT_SECONDS = 2

const SESSION = [
  'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
  `SET SESSION innodb_lock_wait_timeout = ${LOCK_WAIT_SECONDS}`,
]

interface Connection extends PoolConnection {
  /** Its face with promises. */
  promise(): unknown
}

interface Pool {
  on(event: 'connection' | 'acquire', listener: (connection: Connection) => void): void
}

/** READ COMMITTED and short lock waits on every connection, without a round trip per transaction. */
export async function prepareSessions(dataSource: DataSource): Promise<void> {
  const ofCluster = await clusterSession(dataSource)
  const session = [...SESSION, ...ofCluster]
  prepare((dataSource.driver as unknown as { pool: Pool }).pool, session)
  // The one connection that initialize() has opened already.
  for (const sql of session) await dataSource.query(sql)
  const inPieces = ofCluster.length === 0
  prepare(makeUnitPool(dataSource, { inPieces }), session, (connection, sendPiece) =>
    sendTogether(connection, inPieces ? sendPiece : oneByOne(sendPiece)),
  )
}

function prepare(pool: Pool, session: readonly string[], then?: typeof sendTogether): void {
  const prepared = new WeakSet<Connection>()
  const limit = (connection: Connection) => {
    prepared.add(connection)
    return limitStatements(connection)
  }
  pool.on('connection', (connection) => {
    const sendPiece = limit(connection)
    // A connection that keeps its own isolation must not be used (T02); without a listener its error ends the process.
    for (const sql of session) connection.query(sql, (error: unknown) => error && connection.destroy())
    then?.(connection, sendPiece)
  })
  // TypeORM asks for the face at every statement, and mysql2 would build and even require it anew each time.
  pool.on('acquire', (connection) => {
    if (Object.hasOwn(connection, 'promise')) return
    if (!prepared.has(connection)) limit(connection)
    const face = connection.promise()
    connection.promise = () => face
  })
}
