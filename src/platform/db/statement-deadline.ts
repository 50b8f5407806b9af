import { createConnection, type ConnectionOptions } from 'mysql2/promise'
import { currentErrand, msLeft } from '../errand.js'
import { currentWatch, type Statement } from './lock-watch.js'

/** For what belongs to no errand: a screen that is told, a mail that is claimed. */
const USUAL_MS = 10_000
/** Undoing is still due when time is over; a server that does not even do that loses the connection. */
const UNDO_MS = 1000

/** One or several statements under way. mysql2 keeps here what has been answered, in the order of asking. */
export interface Command {
  /** How many have been answered whole while others are still to come. */
  _resultIndex: number
  _rows: unknown[]
  _fields: unknown[]
  /** How many were sent, when not all were. */
  sent?: number
}

/** `command`: null when the piece was not even sent. */
type PieceDone = (error: unknown, command: Command | null) => void

/** Sends statements as one piece. Several only on a connection that is allowed to (mysql-server.ts). */
export type SendPiece = (piece: readonly Statement[], done: PieceDone) => void

type Done = (error: unknown, ...rest: unknown[]) => void

/** What is used here of a connection of mysql2's pool. */
export interface PoolConnection {
  query(sql: string, ...rest: unknown[]): unknown
  /** The text with its values, each as the driver escapes it. */
  format(sql: string, values: unknown): string
  destroy(): void
  stream: { destroy(): void }
  threadId: number
  config: ConnectionOptions
}

const late = (): Error => Object.assign(new Error('no time left'), { code: 'PROTOCOL_SEQUENCE_TIMEOUT' })

/** As the server says it of a lock that was waited for long enough. */
const held = (): Error => Object.assign(new Error('a row is held by somebody'), { errno: 1205 })

function msFor(piece: readonly Statement[]): number {
  const left = currentErrand() ? msLeft() : USUAL_MS
  return piece.some(({ sql }) => sql === 'ROLLBACK') ? Math.max(left, UNDO_MS) : left
}

/**
 * No statement outlasts the errand that needs it (T51, T54): mysql2 itself would wait without end. A connection whose
 * statement is late is closed, since nobody knows what it is at. @returns the same for several at once
 */
export function limitStatements(connection: PoolConnection): SendPiece {
  const query = connection.query.bind(connection)
  const sendPiece: SendPiece = (piece, done) => {
    const ms = msFor(piece)
    if (ms <= 0) return done(late(), null)
    const way = { command: null as Command | null }
    const end = limit(connection, { piece, ms, way, done: (error) => done(error, way.command) })
    if (!end) return done(held(), null)
    way.command = query(piece.map(({ sql, values }) => connection.format(sql, values)).join(';\n'), end) as Command
  }
  connection.query = (sql, ...rest) => {
    const done = rest.at(-1) as Done | undefined
    if (typeof sql !== 'string' || typeof done !== 'function') return query(sql, ...rest)
    const statement = { sql, values: rest.length > 1 ? rest[0] : undefined }
    sendPiece([statement], (error, command) =>
      error ? done(error) : done(null, command?._rows[0], command?._fields[0]),
    )
  }
  return sendPiece
}

interface Limited {
  piece: readonly Statement[]
  ms: number
  way: { readonly command: Command | null }
  done: (error: unknown) => void
}

/** These wait for no row, and nobody may interrupt them: what became of the transaction would not be known. */
const ENDS = /^(COMMIT|ROLLBACK)$/

/**
 * @returns `done` as the piece calls it: once, after at most `ms`, and not before a kill on its way has arrived; null
 * when a statement of it waits for what somebody holds and others wait for already
 */
function limit(connection: PoolConnection, { piece, ms, way, done }: Limited): ((error: unknown) => void) | null {
  let kill: Promise<void> | undefined
  const ends = piece.some(({ sql }) => ENDS.test(sql))
  const giveUp = () => {
    if (!ends) kill = killQuery(connection)
  }
  const answered = () => way.command?._resultIndex ?? 0
  const watch = ends && piece.length === 1 ? undefined : currentWatch()
  const endWatch = watch?.begin({ piece, answered, giveUp })
  if (endWatch === null) return null
  const end = once((error) => {
    clearTimeout(timer)
    endWatch?.()
    if (isOpenStill(piece, error)) connection.destroy()
    if (kill) void kill.then(() => done(error))
    else done(error)
  })
  const timer = after(ms, () => {
    connection.destroy()
    connection.stream.destroy()
    end(late())
  })
  return end
}

function once(done: (error: unknown) => void): (error: unknown) => void {
  let isOver = false
  return (error) => {
    if (isOver) return
    isOver = true
    done(error)
  }
}

/** A timer cannot wait for ever. */
const after = (ms: number, work: () => void): NodeJS.Timeout | undefined =>
  ms === Number.POSITIVE_INFINITY ? undefined : setTimeout(work, ms)

/**
 * A node without a majority refuses even this (1047), and keeps the transaction: the next to begin one on this connection
 * would commit it.
 */
const isOpenStill = (piece: readonly Statement[], error: unknown): boolean =>
  Boolean(error) && piece.some(({ sql }) => sql === 'ROLLBACK')

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
