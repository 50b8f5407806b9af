import { VISITOR_FIELDS } from '../kernel/visitor-fields.js'
import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino'

export type Log = Logger

/** Names whose values never reach a log line, wherever and however deep somebody logs an object (A5, I12). */
const PERSONAL = [
  ...VISITOR_FIELDS,
  ...['taxCodeSealed', 'personHash', 'emailKey', 'notes'],
  ...['token', 'hold', 'password', 'visitor', 'to', 'envelope', 'authorization', 'cookie', 'url', 'originalUrl'],
]
const personal = new Set(PERSONAL)
const REDACTED = '[redacted]'
const DEEPEST = 6

/**
 * JSON lines on standard output, or to `out`. pino's own redaction takes the first level and child loggers; at deeper
 * ones its wildcards cost 120 µs a line, `withoutPersonal` less than one (measured, 14 names at three levels).
 */
export const makeLog = (level: string, out: DestinationStream = pino.destination(1)): Log =>
  pino(
    {
      level,
      timestamp: stdTimeFunctions.isoTime,
      base: null,
      redact: { paths: PERSONAL, censor: REDACTED },
      formatters: { log: (line) => withoutPersonal(line, 0) as Record<string, unknown> },
      serializers: { err: readableError },
    },
    out,
  )

/**
 * Standard output in batches of 4 KB or 250 ms: a write for each line took a twentieth of an answer from memory (npm run
 * bench). pino empties it when the process exits; kill -9 may lose the last 250 ms.
 */
export const batchedOutput = (): DestinationStream =>
  pino.destination({ dest: 1, sync: false, minLength: 4096, periodicFlush: 250 })

function withoutPersonal(value: unknown, depth: number): unknown {
  // Errors are the serializer's, which picks what it shows.
  if (value === null || typeof value !== 'object' || value instanceof Error || value instanceof Date) return value
  if (depth > DEEPEST) return REDACTED
  if (Array.isArray(value)) return value.map((item) => withoutPersonal(item, depth + 1))
  const entries = Object.entries(value)
  return Object.fromEntries(
    entries.map(([name, part]) => [name, personal.has(name) ? REDACTED : withoutPersonal(part, depth + 1)]),
  )
}

/** Error without the SQL parameters or mail envelopes that drivers hang on their errors. */
function readableError(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: 'not an Error' }
  const { code, errno } = error as { code?: unknown; errno?: unknown }
  const cause = error.cause === undefined ? undefined : readableError(error.cause)
  const message = 'driverError' in error ? driverMessage(error) : error.message
  return { type: error.name, message, code, errno, cause, stack: stackOnly(error) }
}

/** Only the driver's code: its sentence may quote the value that was refused (`Duplicate entry '…'`). */
const driverMessage = (error: Error): string => {
  const driver = (error as unknown as { driverError: { code?: string; errno?: number } }).driverError
  return `query failed: ${driver?.code ?? driver?.errno ?? 'unknown'}`
}

const stackOnly = (error: Error): string =>
  (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n')
