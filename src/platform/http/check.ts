import type { ObjectSchema, ValidationErrorItem } from 'joi'
import { type FieldFault, malformed, notAllowed } from '../../kernel/app-error.js'

/** Joi's codes → ours. What is not listed keeps joi's own (`taxCode.checkLetter`). */
const CODES: Record<string, string> = {
  'any.required': 'required',
  'string.empty': 'required',
  'object.unknown': 'unknown-field',
  'number.integer': 'type',
  'number.unsafe': 'type',
  'number.min': 'range',
  'number.max': 'range',
  'string.max': 'too-long',
  'string.pattern.base': 'format',
  'string.pattern.name': 'format',
  'any.only': 'format',
}

const codeOf = (type: string): string => CODES[type] ?? (type.endsWith('.base') ? 'type' : type)

/** Not what the route reads at all (400), as against a value that is not allowed (422). */
const STRUCTURAL = new Set(['unknown-field', 'type', 'instant', 'day', 'format'])

function faultOf({ path, type, context }: ValidationErrorItem): FieldFault {
  const fault = { field: path.join('.'), code: codeOf(type) }
  const { limit, min, max } = (context ?? {}) as Record<string, number | undefined>
  const params = Object.fromEntries(
    Object.entries({ limit, min, max }).filter(([, value]) => typeof value === 'number'),
  )
  return Object.keys(params).length > 0 ? { ...fault, params: params as Record<string, number> } : fault
}

export type Checked<T> = { ok: true; value: T } | { ok: false; faults: FieldFault[] }

/** All faults at once; nothing is stripped, unknown fields are faults (T27). */
export function examine<T>(schema: ObjectSchema<T>, value: unknown): Checked<T> {
  const result = schema.validate(value ?? {}, { abortEarly: false, convert: true, errors: { render: false } })
  return result.error
    ? { ok: false, faults: result.error.details.map(faultOf) }
    : { ok: true, value: result.value as T }
}

/** @throws malformed `invalid` for a wrong shape, not-allowed `invalid` for wrong values, with `errors` */
export function check<T>(schema: ObjectSchema<T>, value: unknown): T {
  const checked = examine(schema, value)
  if (checked.ok) return checked.value
  const errors = checked.faults
  throw errors.some(({ code }) => STRUCTURAL.has(code))
    ? malformed('invalid', { errors })
    : notAllowed('invalid', { errors })
}
