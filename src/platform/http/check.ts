import type { ObjectSchema, ValidationErrorItem } from 'joi'
import { type FieldFault, malformed, notAllowed } from '../../kernel/app-error.js'

/** Joi's codes → ours. What stands in neither table is a `format`; our own (`taxCode.checkLetter`) stay as they are. */
const CODES: Record<string, string> = {
  'any.required': 'required',
  'any.unknown': 'unknown-field',
  'any.invalid': 'refused',
  'string.empty': 'required',
  'string.max': 'too-long',
  'string.min': 'too-short',
  'object.unknown': 'unknown-field',
  'object.missing': 'required',
  'object.and': 'required',
  'object.with': 'required',
  'object.xor': 'unknown-field',
  'object.oxor': 'unknown-field',
  'object.nand': 'unknown-field',
  'object.without': 'unknown-field',
  'object.min': 'range',
  'object.max': 'range',
  'number.integer': 'type',
  'number.unsafe': 'type',
  'number.infinity': 'type',
  'array.unique': 'duplicate',
  'array.min': 'range',
  'array.max': 'range',
}

/** A number that is one, but not one of those that may be. */
const OF_NUMBERS = /^number\.(min|max|greater|less|positive|negative|multiple|precision|port)$/
const OF_JOI = /^(any|alternatives|array|binary|boolean|date|function|link|number|object|string|symbol)\./

/** The code of ours for what joi reports. */
export function codeOf(type: string): string {
  if (!OF_JOI.test(type)) return type
  if (OF_NUMBERS.test(type)) return 'range'
  return CODES[type] ?? (/^[a-z]+\.(base|types|any|all|one|match)$/.test(type) ? 'type' : 'format')
}

/** Not what the route reads at all (400), as against a value that is not allowed (422). */
const STRUCTURAL = new Set(['unknown-field', 'type', 'instant', 'day', 'format', 'reason-wanted'])

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
  'object.with': ({ peer }) => [peer],
  'object.xor': ({ present }) => [present.at(-1)],
  'object.oxor': ({ present }) => [present.at(-1)],
  'object.nand': ({ peers }) => [peers.at(-1)],
  'object.without': ({ peer }) => [peer],
}

/** `visitor.taxCode`, `rules[0].from` */
const fieldPath = (parts: readonly (string | number)[]): string =>
  parts.map((part, i) => (typeof part === 'number' ? `[${part}]` : i === 0 ? part : `.${part}`)).join('')

function faultsOf({ path, type, context = {} }: ValidationErrorItem): FieldFault[] {
  const related = RELATIONS[type]?.(context as unknown as Relation) ?? [undefined]
  const { limit, min, max } = context as Record<string, unknown>
  const bound = codeOf(type) === 'range' ? { [type.endsWith('.max') ? 'max' : 'min']: limit } : { limit }
  const numbers = Object.entries({ min, max, ...bound }).filter(([, value]) => typeof value === 'number')
  const params = Object.fromEntries(numbers) as Record<string, number>
  return related.map((name) => ({
    field: fieldPath([...path, ...(name === undefined ? [] : [name])]),
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
