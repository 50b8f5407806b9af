import { isUtf8 } from 'node:buffer'
import express, { type Request, type RequestHandler } from 'express'
import { malformed } from '../../kernel/app-error.js'

const JSON_LIMIT = '32kb'

/** What our own bodies need twice over; what is deeper was made to hurt, and everything that reads it would recurse. */
const DEEPEST = 10
const [QUOTE, BACKSLASH] = ['"', '\\'].map((sign) => sign.charCodeAt(0))
const OPENS = new Set([...'[{'].map((sign) => sign.charCodeAt(0)))
const CLOSES = new Set([...']}'].map((sign) => sign.charCodeAt(0)))

/** How deep arrays and objects are nested, counted before anything is parsed; brackets inside of texts are none. */
export function depthOf(json: Buffer): number {
  let [depth, deepest, isText] = [0, 0, false]
  for (let at = 0; at < json.length; at++) {
    const byte = json[at] as number
    if (isText && byte === BACKSLASH) at++
    else if (byte === QUOTE) isText = !isText
    else if (!isText && OPENS.has(byte)) deepest = Math.max(deepest, ++depth)
    else if (!isText && CLOSES.has(byte)) depth--
  }
  return deepest
}

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

/** Only so deep; only UTF-8, and only whole: body-parser reads UTF-7 and UTF-16 too, and makes U+FFFD of what is no UTF-8 (T27). */
function assertReadable(...[, , body, charset]: [unknown, unknown, Buffer, string?]): void {
  if (!['utf-8', 'utf8'].includes(charset ?? 'utf-8')) throw malformed('unsupported-type')
  if (!isUtf8(body)) throw malformed('broken-json')
  if (depthOf(body) > DEEPEST) throw malformed('too-deep')
}

export const mayHaveBody = ({ headers }: Pick<Request, 'headers'>): boolean =>
  headers['transfer-encoding'] !== undefined || headers['content-length'] !== undefined

/** @throws malformed `unsupported-type` for a body that is none */
export function assertJson(req: Request): void {
  const hasBody = req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? 0) > 0
  if (hasBody && req.body === undefined) throw malformed('unsupported-type')
}

const parse = express.json({ limit: JSON_LIMIT, strict: true, type: 'application/json', verify: assertReadable })

/** Reads the body of a request that says it has one. */
export const readJson: RequestHandler = (req, res, next) => (mayHaveBody(req) ? parse(req, res, next) : next())
