import { QueryFailedError } from 'typeorm'

interface DriverError {
  code?: string
  errno?: number
  message?: string
  /** The statement that failed stood before a COMMIT, which was not run. */
  isBeforeCommit?: boolean
}

/** Deadlock, and MariaDB's "record has changed since last read" (T03): the whole unit again. */
const AGAIN = new Set([1213, 1020])

/**
 * Somebody or something is in the way now: those two; a lock that was waited for long enough (1205 – once is enough, T54); a
 * statement that was stopped (1317) or took too long (1969, 3024).
 */
const BUSY = new Set([...AGAIN, 1205, 1317, 1969, 3024])

/**
 * The server answers, but does no work: read-only (1290, 1792, 1836), full or failing disk (3, 28, 1021, 1026, 1030, 1114), a
 * cluster that is not ready (1047, 1180), no connection left (1040, 1129, 1203), going down (1053, 1077, 1079, 1927).
 */
const REFUSES = new Set([
  1290, 1792, 1836, 3, 28, 1021, 1026, 1030, 1114, 1047, 1180, 1040, 1129, 1203, 1053, 1077, 1079, 1927,
])

/** The connection ended; Node and mysql2 say it in these ways, by who noticed it first. */
const LOST = new Set([
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_WRITE_AFTER_END',
  'PROTOCOL_CONNECTION_LOST',
])

const AWAY = new Set([
  ...LOST,
  'ECONNREFUSED',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
  'PROTOCOL_SEQUENCE_TIMEOUT',
])

/** A node of a cluster that is not, or no longer, with the others. */
const NOT_READY = 1047

const SQLITE_REFUSES = /^SQLITE_(IOERR|READONLY|FULL|CANTOPEN|NOMEM)/

/** What this unit of work had read is no longer so: run it again from its beginning, on what is so now. */
export class RunAgain extends Error {}

const driverError = (error: unknown): DriverError =>
  error instanceof QueryFailedError ? (error.driverError as DriverError) : ((error ?? {}) as DriverError)

/** A unique key said no. The only place that knows the engines' codes. */
export function isDuplicate(error: unknown): boolean {
  const { code, errno } = driverError(error)
  return errno === 1062 || code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY'
}

export function isWorthRetrying(error: unknown): boolean {
  return error instanceof RunAgain || AGAIN.has(driverError(error).errno ?? 0)
}

/** How far a unit of work has come. */
export interface Progress {
  isCommitting: boolean
}

/**
 * Nothing of the unit is there, so that it may be run again from its beginning: certification has refused it (1213, also at its
 * commit), or its node or its connection was lost before it was to be committed. What fails otherwise at its commit (1180,
 * a connection that breaks) may have been done all the same: only whoever asked may ask again, with the same key (K9).
 */
export function mayRunAgain(error: unknown, { isCommitting }: Progress): boolean {
  if (isWorthRetrying(error)) return true
  const mayBeThere = isCommitting && !driverError(error).isBeforeCommit
  return !mayBeThere && (driverError(error).errno === NOT_READY || isLost(error))
}

function isLost(error: unknown): boolean {
  const { code = '', message = '' } = driverError(error)
  return LOST.has(code) || message.includes('closed state')
}

/** Somebody else is at it, or too many are: the next try may well succeed. */
export function isBusy(error: unknown): boolean {
  const { code = '', errno = 0, message = '' } = driverError(error)
  const noTurn = message === 'Queue limit reached.' || message.startsWith('SQLite writer lock timeout')
  return error instanceof RunAgain || BUSY.has(errno) || code.startsWith('SQLITE_BUSY') || noTurn
}

/** It is there and takes no writing: its disk is full, it is a copy, its cluster has no majority. */
export function refusesWork(error: unknown): boolean {
  const { code = '', errno = 0 } = driverError(error)
  return REFUSES.has(errno) || SQLITE_REFUSES.test(code)
}

/** The database cannot be reached or does no work: not a bug, try again later (T05, T06). */
export function isAway(error: unknown): boolean {
  const { code = '', message = '' } = driverError(error)
  return AWAY.has(code) || refusesWork(error) || isLost(error) || message === 'Pool is closed.'
}
