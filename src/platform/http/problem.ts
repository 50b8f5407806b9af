import { AppError, type ErrorKind, unavailable } from '../../kernel/app-error.js'
import { isAway, isBusy } from '../db/db-errors.js'
import { hasMessage, type Translate } from '../../messages/index.js'

/** RFC 9457 as contract.md has it. */
export interface Problem {
  type: string
  title: string
  status: number
  detail: string
  code: string
  errors?: { field: string; code: string; message: string }[]
  [fact: string]: unknown
}

/** The only table from kind to status. */
const STATUS: Record<ErrorKind, number> = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'not-allowed': 422,
  'too-many': 429,
  unavailable: 503,
}

/** Statuses that HTTP itself asks for, by the code of their error. */
const STATUS_BY_CODE: Record<string, number> = { 'method-not-allowed': 405, 'too-large': 413, 'unsupported-type': 415 }

export const statusOf = (error: AppError): number => STATUS_BY_CODE[error.code] ?? STATUS[error.kind]

/** What body-parser, express and csrf-csrf throw, in our words; anything unknown is a bug and stays null. */
export function expectedError(error: unknown): AppError | null {
  if (error instanceof AppError) return error
  const { type, code, status } = (error ?? {}) as { type?: string; code?: string; status?: number }
  if (type === 'entity.too.large' || type === 'parameters.too.many') return new AppError('malformed', 'too-large')
  if (type === 'encoding.unsupported' || type === 'charset.unsupported')
    return new AppError('malformed', 'unsupported-type')
  if (type === 'entity.parse.failed') return new AppError('malformed', 'broken-json')
  // A client that goes in the middle of its own words; its code is like that of a database that has gone.
  if (type === 'request.aborted') return new AppError('malformed', 'broken-request')
  if (isBusy(error)) return unavailable('database-busy', error)
  if (isAway(error)) return unavailable('database-away', error)
  if (code === 'EBADCSRFTOKEN') return new AppError('forbidden', 'csrf-failed')
  if (error instanceof URIError || (status !== undefined && status >= 400 && status < 500)) {
    return new AppError('malformed', 'broken-request')
  }
  return null
}

/** A field's sentence: its own (`visitor.taxCode.format`) or the general one of its code. */
export function fieldMessage(t: Translate, code: string, params: Record<string, unknown> = {}): string {
  // One end of a range that has another, or has not.
  const ends = ['min', 'max'].filter((end) => params[end] !== undefined)
  const own = code === 'range' && ends.length < 2 ? `${code}-${ends[0] ?? 'none'}` : code
  for (const key of [`visitor.${own}`, `fields.${own}`]) if (hasMessage(key)) return t(key, params)
  return t('fields.format')
}

export function problemOf(error: AppError, t: Translate): Problem {
  const { errors, sentence = error.code, ...facts } = error.details
  const [title, detail] = [`problems.titles.${error.code}`, `problems.${sentence}`]
  return {
    type: `urn:turno:problem:${error.code}`,
    title: t(hasMessage(title) ? title : `problems.titles.${error.kind}`),
    status: statusOf(error),
    detail: t(hasMessage(detail) ? detail : 'problems.invalid', facts),
    code: error.code,
    ...facts,
    ...(errors && {
      errors: errors.map(({ field, code, params }) => ({ field, code, message: fieldMessage(t, code, params) })),
    }),
  }
}
