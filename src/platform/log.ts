import { type Logger, pino, stdTimeFunctions } from 'pino'

export type Log = Logger

/** Paths that never reach a log line, wherever somebody logs an object (A5). */
const PERSONAL = [
  'firstName',
  'lastName',
  'taxCode',
  'email',
  'phone',
  'notes',
  'token',
  'hold',
  'password',
  'visitor',
  'to',
  'envelope',
  'authorization',
  'cookie',
]

/** JSON lines on standard output. */
export const makeLog = (level: string): Log =>
  pino({
    level,
    timestamp: stdTimeFunctions.isoTime,
    base: null,
    redact: { paths: PERSONAL.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[redacted]' },
    serializers: { err: readableError },
  })

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
