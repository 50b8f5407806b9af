import { isUtf8 } from 'node:buffer'
import express, { type Request, type RequestHandler, Router } from 'express'
import type { ObjectSchema } from 'joi'
import { AppError, malformed } from '../../kernel/app-error.js'
import { type Lang, translator } from '../../messages/index.js'
import type { Tx } from '../db/tx.js'
import type { UnitOfWork } from '../db/unit-of-work.js'
import { check } from './check.js'
import { inTime } from './in-time.js'
import { type Answer, assertKey, type KeptAnswers } from './kept-answers.js'
import { acceptedLang } from './language.js'
import type { LimitName, Limits } from './limits.js'
import { openApiDocument } from './openapi.js'
import { problemOf } from './problem.js'
import type { Send } from './send.js'

/** What an operation is given: checked input, the language to speak, and the request for what is seldom needed. */
export interface ApiInput<P = Record<string, string>, Q = Record<string, unknown>, B = unknown> {
  params: P
  query: Q
  body: B
  lang: Lang
  req: Request
}

interface Described {
  /** Express 5 path below /api/v1, such as `/bookings/:token/cancel`. */
  path: string
  summary: string
  /** Statuses and the codes or shapes they carry, for the OpenAPI document. */
  answers: Record<number, string>
  limit?: LimitName
  /** Secrets in the path: kept out of logs by logging the path's pattern alone. */
  tags?: string[]
}

export interface Operation<P = unknown, Q = unknown, B = unknown> extends Described {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  params?: ObjectSchema<P>
  query?: ObjectSchema<Q>
  body?: ObjectSchema<B>
  /** Runs before the input is checked: authentication and permits. */
  before?: RequestHandler
  /** After the input is checked and before the work: limits that need the input. */
  prepare?: (input: ApiInput<P, Q, B>) => Promise<void>
  /** A change: runs in a unit of work, once per Idempotency-Key. */
  write?: (tx: Tx, input: ApiInput<P, Q, B>) => Promise<Answer>
  read?: (input: ApiInput<P, Q, B>) => Promise<Answer>
  /** An answer kept from before for exactly this address, if it is still true: nothing is checked again. */
  ready?: (req: Request) => Answer | null
}

export interface ApiDeps {
  unitOfWork: UnitOfWork
  keptAnswers: KeptAnswers
  limits: Limits
  baseUrl: string
  send: Send
}

const JSON_LIMIT = '32kb'

/**
 * Joi drops an own `__proto__` without a word; an unknown field is to be refused, however deep (T27). Not in JSON.parse's
 * reviver: body-parser strips what is thrown there of all it says.
 */
function refuseProto(body: unknown): void {
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

/** The JSON API: one entry per operation gives the route, its validation and its part of the OpenAPI document. */
export class Api {
  readonly router: Router = Router({ caseSensitive: true, strict: true })
  readonly operations: Operation[] = []
  private readonly memory: { path: string; ready: (req: Request) => Answer | null; limit: RequestHandler }[] = []

  constructor(private readonly deps: ApiDeps) {
    const options = {
      limit: JSON_LIMIT,
      strict: true,
      type: 'application/json',
      verify: assertUtf8,
    }
    const readJson = express.json(options)
    this.router.use((req, res, next) => (mayHaveBody(req) ? readJson(req, res, next) : next()))
  }

  add<P, Q, B>(operation: Operation<P, Q, B>): void {
    this.operations.push(operation as unknown as Operation)
    const before = operation.before ? [operation.before] : []
    const limit = this.deps.limits.perAddress(operation.limit ?? (operation.write ? 'write' : 'read'))
    const { path, ready } = operation
    if (ready) this.memory.push({ path, ready, limit })
    this.router[operation.method](path, limit, ...before, async (req, res) => {
      this.deps.send(res, await inTime(this.answer(operation, req)))
    })
  }

  /** For the whole address, before the router: finding the route takes longer than sending what is ready. */
  readonly fromMemory: RequestHandler = (req, res, next) => {
    if (req.method !== 'GET' || mayHaveBody(req)) return next()
    for (const { path, ready, limit } of this.memory) {
      const answer = ready(req)
      if (!answer) continue
      req.route = { path }
      return limit(req, res, () => this.deps.send(res, answer))
    }
    next()
  }

  /** Call after the last `add`: known paths answer other methods with 405 and `Allow`; the document is there. */
  close(): void {
    this.router.get('/openapi.json', (_req, res) => {
      this.deps.send(res, { status: 200, body: openApiDocument(this.operations, this.deps.baseUrl) })
    })
    const own = { path: '/openapi.json', method: 'get' } as const
    const all: Pick<Operation, 'path' | 'method'>[] = [...this.operations, own]
    for (const path of new Set(all.map((operation) => operation.path))) {
      const known = all.filter((operation) => operation.path === path)
      const allow = known.map(({ method }) => method.toUpperCase()).join(', ')
      this.router.all(path, (_req, res) => {
        res.setHeader('Allow', allow.includes('GET') ? `${allow}, HEAD` : allow)
        throw malformed('method-not-allowed')
      })
    }
  }

  private async answer<P, Q, B>(operation: Operation<P, Q, B>, req: Request): Promise<Answer> {
    assertJson(req)
    refuseProto(req.body)
    const input: ApiInput<P, Q, B> = {
      params: checkPart(operation.params, req.params, true),
      query: checkPart(operation.query, req.query, true),
      body: checkPart(operation.body, req.body, false),
      lang: acceptedLang(req),
      req,
    }
    await operation.prepare?.(input)
    const { read, write } = operation
    if (read) return read(input)
    if (!write) throw new Error(`operation without work: ${operation.path}`)
    const key = operation.method === 'post' ? req.headers['idempotency-key'] : undefined
    if (key === undefined) return this.deps.unitOfWork.run((tx) => write(tx, input))
    assertKey(String(key))
    return this.deps.keptAnswers.once({
      key: `api:${String(key)}`,
      content: `${req.method} ${req.originalUrl} ${JSON.stringify(input.body ?? null, inOrder)}`,
      work: (tx) => write(tx, input),
      refusal: (error) => refusal(error, input.lang),
    })
  }
}

/** The order in which a client writes fields makes no other content (K9). */
const inOrder = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value

const refusal = (error: AppError, lang: Lang): Answer => {
  const body = problemOf(error, translator(lang))
  return { status: body.status, body }
}

/** Faults of the address are always 400: nobody typed them into a field. */
function checkPart<T>(schema: ObjectSchema<T> | undefined, value: unknown, inAddress: boolean): T {
  if (!schema) return value as T
  try {
    return check(schema, value)
  } catch (error) {
    if (inAddress && error instanceof AppError) throw malformed(error.code, error.details)
    throw error
  }
}

const mayHaveBody = ({ headers }: Request): boolean =>
  headers['transfer-encoding'] !== undefined || headers['content-length'] !== undefined

function assertJson(req: Request): void {
  const hasBody = req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? 0) > 0
  if (hasBody && req.body === undefined) throw malformed('unsupported-type')
}
