import { QueryFailedError } from 'typeorm'

interface DriverError {
  code?: string
  errno?: number
  message?: string
}

/** Deadlock, lock wait timeout, and MariaDB's "record has changed since last read" (T03): run the whole unit again. */
const RETRY_ERRNO = new Set([1213, 1205, 1020])
const AWAY = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
  'ECONNABORTED',
  'SQLITE_FULL',
  'SQLITE_READONLY',
  'PROTOCOL_CONNECTION_LOST',
  'ER_SERVER_SHUTDOWN',
  'ER_CON_COUNT_ERROR',
  'PROTOCOL_SEQUENCE_TIMEOUT',
  'ER_NORMAL_SHUTDOWN',
])

const driverError = (error: unknown): DriverError =>
  error instanceof QueryFailedError ? (error.driverError as DriverError) : ((error ?? {}) as DriverError)

/** A unique key said no. The only place that knows the engines' codes. */
export function isDuplicate(error: unknown): boolean {
  const { code, errno } = driverError(error)
  return errno === 1062 || code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY'
}

export function isWorthRetrying(error: unknown): boolean {
  const { code, errno } = driverError(error)
  return RETRY_ERRNO.has(errno ?? 0) || (code ?? '').startsWith('SQLITE_BUSY')
}

/** The database cannot be reached, or its pool is full: not a bug, try again later (T05, T06). */
export function isAway(error: unknown): boolean {
  const { code, message } = driverError(error)
  const text = message ?? ''
  const sqliteFails = /^SQLITE_(BUSY|IOERR|READONLY)/.test(code ?? '') || text.startsWith('SQLite writer lock timeout')
  return AWAY.has(code ?? '') || sqliteFails || text === 'Queue limit reached.' || text.includes('closed state')
}
