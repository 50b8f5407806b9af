import type { ObjectSchema } from 'joi'
import { AppError, type FieldFault } from '../../kernel/app-error.js'
import { check } from '../http/check.js'

type Read<T> = { ok: true; value: T } | { ok: false; faults: FieldFault[] }

interface WithBody {
  body?: unknown
}

/** The fields of a form, without the CSRF token that its guard has read already. */
export function fieldsOf({ body }: WithBody): Record<string, unknown> {
  const { _csrf: _, ...fields } = (body ?? {}) as Record<string, unknown>
  return fields
}

/** The texts that were sent, before anybody has looked at them: only to be shown again. */
export const valuesOf = (req: WithBody): Record<string, string | undefined> =>
  Object.fromEntries(
    Object.entries(fieldsOf(req)).filter((field): field is [string, string] => typeof field[1] === 'string'),
  )

/**
 * What a person may have typed wrongly comes back as faults.
 * @throws malformed `invalid` for what no form of ours can send (T27)
 */
export function readForm<T>(schema: ObjectSchema<T>, fields: unknown): Read<T> {
  try {
    return { ok: true, value: check(schema, fields) }
  } catch (error) {
    if (!(error instanceof AppError && error.kind === 'not-allowed')) throw error
    return { ok: false, faults: error.details.errors ?? [] }
  }
}

/** Faults of what the work itself looks at, such as a wrong password; anything else is thrown on. */
export function faultsOf(error: unknown): FieldFault[] {
  if (error instanceof AppError && error.kind === 'not-allowed' && error.details.errors) return error.details.errors
  throw error
}
