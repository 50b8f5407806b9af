import { createConnection, type ConnectionOptions } from 'mysql2/promise'
import { currentErrand, msLeft } from '../errand.js'
import { currentWatch } from './lock-watch.js'

/** For what belongs to no errand: a screen that is told, a mail that is claimed. */
const USUAL_MS = 10_000
/** Undoing is still due when time is over; a server that does not even do that loses the connection. */
const UNDO_MS = 1000

type Done = (error: unknown, ...rest: unknown[]) => void

/** What is used here of a connection of mysql2's pool. */
export interface PoolConnection {
  query(sql: string, ...rest: unknown[]): unknown
  destroy(): void
  stream: { destroy(): void }
  threadId: number
  config: ConnectionOptions
}

const late = (): Error => Object.assign(new Error('no time left'), { code: 'PROTOCOL_SEQUENCE_TIMEOUT' })

/** As the server says it of a lock that was waited for long enough. */
const held = (): Error => Object.assign(new Error('a row is held by somebody'), { errno: 1205 })

function msFor(sql: string): number {
  const left = currentErrand() ? msLeft() : USUAL_MS
  return sql === 'ROLLBACK' ? Math.max(left, UNDO_MS) : left
}

/**
 * No statement outlasts the errand that needs it (T51, T54): mysql2 itself would wait without end. A connection whose
 * statement is late is closed, since nobody knows what it is at.
 */
export function limitStatements(connection: PoolConnection): void {
  const query = connection.query.bind(connection)
  connection.query = (sql, ...rest) => {
    const done = rest.at(-1) as Done | undefined
    if (typeof sql !== 'string' || typeof done !== 'function') return query(sql, ...rest)
    const ms = msFor(sql)
    if (ms <= 0) return done(late())
    const values = rest.slice(0, -1)
    const limited = limit(connection, { sql, values, ms, done })
    return limited ? query(sql, ...values, limited) : done(held())
  }
}

interface Limited {
  sql: string
  values: unknown[]
  ms: number
  done: Done
}

/** These wait for no row, and nobody may interrupt them: what became of the transaction would not be known. */
const ENDS = /^(COMMIT|ROLLBACK)$/

/**
 * @returns `done` as the statement calls it: once, after at most `ms`, and not before a kill on its way has arrived; null
 * when the statement waits for what somebody holds and others wait for already
 */
function limit(connection: PoolConnection, { sql, values, ms, done }: Limited): Done | null {
  let kill: Promise<void> | undefined
  const giveUp = () => {
    kill = killQuery(connection)
  }
  const watch = ENDS.test(sql) ? undefined : currentWatch()
  const endWatch = watch?.begin({ sql, values, giveUp })
  if (endWatch === null) return null
  const end = once((...result) => {
    clearTimeout(timer)
    endWatch?.()
    if (isOpenStill(sql, result[0])) connection.destroy()
    if (kill) void kill.then(() => done(...result))
    else done(...result)
  })
  const timer = after(ms, () => {
    connection.destroy()
    connection.stream.destroy()
    end(late())
  })
  return end
}

function once(done: Done): Done {
  let isOver = false
  return (...result) => {
    if (isOver) return
    isOver = true
    done(...result)
  }
}

/** A timer cannot wait for ever. */
const after = (ms: number, work: () => void): NodeJS.Timeout | undefined =>
  ms === Number.POSITIVE_INFINITY ? undefined : setTimeout(work, ms)

/**
 * A node without a majority refuses even this (1047), and keeps the transaction: the next to begin one on this connection
 * would commit it.
 */
const isOpenStill = (sql: string, error: unknown): boolean => sql === 'ROLLBACK' && Boolean(error)

/** Ends the statement that waits, not its connection. Fails silently: then the statement ends at its own time. */
async function killQuery({ threadId, config }: PoolConnection): Promise<void> {
  const { host, port, user, password, ssl } = config
  const options = { host, port, user, password, ...(ssl && { ssl }), connectTimeout: UNDO_MS } as ConnectionOptions
  try {
    const killer = await createConnection(options)
    await killer.query({ sql: `KILL QUERY ${threadId}`, timeout: UNDO_MS }).finally(() => killer.destroy())
  } catch {
    // It may have ended meanwhile.
  }
}
