/**
 * What went wrong, in the program's own words. HTTP statuses are http's business: `platform/http/problem.ts` holds the
 * only table from kind to status.
 */
export type ErrorKind =
  | 'malformed'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'not-allowed'
  | 'too-many'
  | 'unavailable'

/** One fault of one field; `field` is a path such as `visitor.taxCode`, `code` names a sentence in `messages`. */
export interface FieldFault {
  field: string
  code: string
  params?: Record<string, string | number>
}

export interface ErrorDetails {
  errors?: FieldFault[]
  /** The sentence in `messages` where the code's own does not say enough. */
  sentence?: string
  [fact: string]: unknown
}

interface ErrorOptions {
  cause?: unknown
  /** The unit of work keeps what was written before this error instead of rolling it back (K5's repeated mail). */
  keepsWrites?: boolean
}

/** An expected "no". Anything else that is thrown is a bug and answers 500. */
export class AppError extends Error {
  readonly keepsWrites: boolean

  constructor(
    readonly kind: ErrorKind,
    readonly code: string,
    readonly details: ErrorDetails = {},
    options: ErrorOptions = {},
  ) {
    super(code, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'AppError'
    this.keepsWrites = options.keepsWrites ?? false
  }
}

/** 400: not what the route reads at all – broken JSON, an unknown field, a wrong type. */
export const malformed = (code: string, details?: ErrorDetails): AppError => new AppError('malformed', code, details)
/** 404: nothing here – also for what exists but is not the caller's to know. */
export const notFound = (code = 'not-found'): AppError => new AppError('not-found', code)
/** 409: a lost race or a state that has moved on. */
export const conflict = (code: string, details?: ErrorDetails): AppError => new AppError('conflict', code, details)
/** 422: well-formed, but against a rule. */
export const notAllowed = (code: string, details?: ErrorDetails): AppError => new AppError('not-allowed', code, details)
/** 503: try again later; `retryAfterSeconds` becomes the `Retry-After` header. */
export const unavailable = (code: string, cause?: unknown): AppError =>
  new AppError('unavailable', code, { retryAfterSeconds: 2 }, { cause })
