import { isUtf8 } from 'node:buffer'
import express, { type Request, type RequestHandler } from 'express'
import { malformed } from '../../kernel/app-error.js'

const JSON_LIMIT = '32kb'

/**
 * Joi drops an own `__proto__` without a word; an unknown field is to be refused, however deep (T27). Not in JSON.parse's
 * reviver: body-parser strips what is thrown there of all it says.
 */
export function refuseProto(body: unknown): void {
  if (typeof body !== 'object' || body === null) return
  const unknown = { field: '__proto__', code: 'unknown-field' }
  if (Object.hasOwn(body, '__proto__')) throw malformed('invalid', { errors: [unknown] })
  for (const part of Object.values(body)) refuseProto(part)
}

/** Only UTF-8, and only whole: body-parser reads UTF-7 and UTF-16 too, and makes U+FFFD of what is no UTF-8 (T27). */
function assertUtf8(...[, , body, charset]: [unknown, unknown, Buffer, string?]): void {
  if (!['utf-8', 'utf8'].includes(charset ?? 'utf-8')) throw malformed('unsupported-type')
  if (!isUtf8(body)) throw malformed('broken-json')
}

export const mayHaveBody = ({ headers }: Request): boolean =>
  headers['transfer-encoding'] !== undefined || headers['content-length'] !== undefined

/** @throws malformed `unsupported-type` for a body that is none */
export function assertJson(req: Request): void {
  const hasBody = req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? 0) > 0
  if (hasBody && req.body === undefined) throw malformed('unsupported-type')
}

const parse = express.json({ limit: JSON_LIMIT, strict: true, type: 'application/json', verify: assertUtf8 })

/** Reads the body of a request that says it has one. */
export const readJson: RequestHandler = (req, res, next) => (mayHaveBody(req) ? parse(req, res, next) : next())
