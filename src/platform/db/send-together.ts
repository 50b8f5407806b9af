import { ofThisErrand } from '../errand.js'
import type { Statement } from './lock-watch.js'
import type { Command, PoolConnection, SendPiece } from './statement-deadline.js'

type Done = (error: unknown, rows?: unknown, fields?: unknown) => void

interface Waiting extends Statement {
  done: Done
}

const BEGIN = 'START TRANSACTION'
/** These say nothing that anybody waits for: they go with the question that follows. */
const FRAME = /^(START TRANSACTION|SAVEPOINT \w+|RELEASE SAVEPOINT \w+)$/
const UNDO_PART = /^ROLLBACK TO (SAVEPOINT \w+)$/
const nobody: Done = () => undefined

/** The server itself said no: it ran nothing behind that. */
const isRefusal = (error: unknown): boolean => error instanceof Error && 'sqlState' in error

/**
 * The statements of a unit of work on their way to a server: those of one turn of the event loop – until nothing more can
 * be asked without an answer – go as one piece. A piece ends at its first statement that fails; what stands behind it in
 * the piece was not run, and fails with the same error.
 */
class Sender {
  private waiting: Waiting[] = []
  private isDue = false
  /** Between two transactions. A statement that comes then would commit itself. */
  private isOver = true

  constructor(
    private readonly connection: PoolConnection,
    private readonly sendPiece: SendPiece,
  ) {}

  ask(sql: string, values: unknown, done: Done): void {
    if (this.isOver && sql !== BEGIN && sql !== 'ROLLBACK')
      return done(new Error(`asked outside of a transaction: ${sql}`))
    this.isOver = sql === 'COMMIT' || sql === 'ROLLBACK'
    if (FRAME.test(sql)) {
      this.waiting.push({ sql, values, done: nobody })
      return done(null)
    }
    const place = this.placeToUndo(sql)
    if (place !== null) {
      for (const late of this.waiting.splice(Math.max(place, 0))) late.done(new Error('asked of what is undone'))
      if (place >= 0) return done(null)
    }
    this.waiting.push({ sql, values, done })
    if (this.isDue) return
    this.isDue = true
    // After all promises that can go on have gone on: those ask now as well.
    process.nextTick(() => this.send())
  }

  /** Where in what waits that begins which is undone; −1 when it has been sent, null when nothing is undone. */
  private placeToUndo(sql: string): number | null {
    const begin = sql === 'ROLLBACK' ? BEGIN : UNDO_PART.exec(sql)?.[1]
    return begin === undefined ? null : this.waiting.map((each) => each.sql).lastIndexOf(begin)
  }

  private send(): void {
    const piece = this.waiting.splice(0)
    this.isDue = false
    if (piece.length === 0) return
    this.sendPiece(piece, (error, command) => {
      const rows = command?._rows ?? []
      const ran = error ? (command?._resultIndex ?? 0) : piece.length
      if (!error && rows.length !== piece.length) return this.refuse(piece)
      if (error) this.keepFrames(piece.slice(ran))
      const sent = command ? (command.sent ?? piece.length) : 0
      const wasNotRun = (place: number) => place >= sent || (place > ran && isRefusal(error))
      if (error instanceof Error && piece.some(({ sql }, place) => sql === 'COMMIT' && wasNotRun(place)))
        Object.assign(error, { isBeforeCommit: true })
      for (const [n, { done }] of piece.entries()) {
        if (n < ran) done(null, rows[n], command?._fields[n])
        else done(error)
      }
    })
  }

  /** What frames a transaction and was not run is due still. */
  private keepFrames(notRun: readonly Waiting[]): void {
    this.waiting.unshift(...notRun.filter(({ sql }) => FRAME.test(sql)))
  }

  /** More or fewer answers than questions: somebody's value was read as a statement. Nothing of it may stay. */
  private refuse(piece: readonly Waiting[]): void {
    this.connection.destroy()
    for (const { done } of piece) done(new Error('the server answered what was not asked'))
  }
}

/**
 * For a node of a cluster: another node's write may end a transaction between two statements of one piece, and the server
 * then runs the others outside of it, which commits them (docs/decisions/038). Alone, the next statement is refused.
 */
export function oneByOne(sendPiece: SendPiece): SendPiece {
  return (piece, done) => {
    const answered: Command = { _resultIndex: 0, _rows: [], _fields: [], sent: 0 }
    // An answer comes in the errand that opened the connection: the next question is still this one's.
    const next = ofThisErrand((): void => {
      const statement = piece[answered._resultIndex]
      if (!statement) return done(null, answered)
      sendPiece([statement], (error, command) => {
        if (command) answered.sent = answered._resultIndex + 1
        if (error) return done(error, answered)
        answered._rows.push(command?._rows[0])
        answered._fields.push(command?._fields[0])
        answered._resultIndex += 1
        next()
      })
    })
    next()
  }
}

/** From now on the connection is one unit's at a time. */
export function sendTogether(connection: PoolConnection, sendPiece: SendPiece): void {
  const sender = new Sender(connection, sendPiece)
  connection.query = (sql, ...rest) => {
    const done = rest.at(-1)
    if (typeof sql !== 'string' || typeof done !== 'function') throw new Error('units of work ask by text and callback')
    sender.ask(sql, rest.length > 1 ? rest[0] : undefined, done as Done)
  }
}
