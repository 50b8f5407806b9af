import type { ObjectSchema, ValidationErrorItem } from 'joi'
import { type FieldFault, malformed, notAllowed } from '../../kernel/app-error.js'

/** Joi's codes → ours. What is not listed keeps joi's own (`taxCode.checkLetter`). */
const CODES: Record<string, string> = {
  'any.required': 'required',
  'string.empty': 'required',
  'object.unknown': 'unknown-field',
  'object.missing': 'required',
  'object.and': 'required',
  'object.xor': 'unknown-field',
  'object.without': 'unknown-field',
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

interface Relation {
  peers: string[]
  missing: string[]
  present: string[]
  peer: string
}

/** What joi reports of several fields together: the one to fill in, or the one too many. */
const RELATIONS: Record<string, (relation: Relation) => (string | undefined)[]> = {
  'object.missing': ({ peers }) => [peers.at(-1)],
  'object.and': ({ missing }) => missing,
  'object.xor': ({ present }) => [present.at(-1)],
  'object.without': ({ peer }) => [peer],
}

function faultsOf({ path, type, context = {} }: ValidationErrorItem): FieldFault[] {
  const related = RELATIONS[type]?.(context as unknown as Relation) ?? [undefined]
  const { limit, min, max } = context as Record<string, unknown>
  const numbers = Object.entries({ limit, min, max }).filter(([, value]) => typeof value === 'number')
  const params = Object.fromEntries(numbers) as Record<string, number>
  return related.map((name) => ({
    field: [...path, ...(name === undefined ? [] : [name])].join('.'),
    code: codeOf(type),
    ...(numbers.length > 0 && { params }),
  }))
}

export type Checked<T> = { ok: true; value: T } | { ok: false; faults: FieldFault[] }

/** All faults at once; nothing is stripped, unknown fields are faults (T27). */
export function examine<T>(schema: ObjectSchema<T>, value: unknown): Checked<T> {
  // Joi drops an own `__proto__` without a word; a query may bring one, and so may what is no JSON.
  if (typeof value === 'object' && value !== null && Object.hasOwn(value, '__proto__')) {
    return { ok: false, faults: [{ field: '__proto__', code: 'unknown-field' }] }
  }
  const result = schema.validate(value ?? {}, { abortEarly: false, convert: true, errors: { render: false } })
  return result.error
    ? { ok: false, faults: result.error.details.flatMap(faultsOf) }
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
