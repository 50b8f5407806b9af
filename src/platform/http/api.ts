import { type Request, Router } from 'express'
import Joi, { type ObjectSchema } from 'joi'
import { AppError, malformed } from '../../kernel/app-error.js'
import { type Lang, translator } from '../../messages/index.js'
import { evenly } from '../even-time.js'
import type { Tx } from '../db/tx.js'
import type { UnitOfWork } from '../db/unit-of-work.js'
import { AnswerMemory } from './answer-memory.js'
import { check } from './check.js'
import { assertJson, readJson, refuseProto } from './json-body.js'
import { type Answer, assertKey, type KeptAnswers } from './kept-answers.js'
import { keptUnder } from './kept-key.js'
import { acceptedLang } from './language.js'
import type { LimitName, Limits } from './limits.js'
import type { ApiInput, Operation } from './operation.js'
import type { ReadOrigin } from './origin.js'
import { openApiDocument } from './openapi.js'
import { problemOf } from './problem.js'
import { readyDocument } from './ready-document.js'
import type { NoteRequest } from './request-notes.js'
import type { HeadOf, Send } from './send.js'

export interface ApiDeps {
  unitOfWork: UnitOfWork
  keptAnswers: KeptAnswers
  limits: Limits
  baseUrl: string
  /** Cookies have another name over TLS. */
  secure: boolean
  headOf: HeadOf
  send: Send
  note: NoteRequest
  trustProxy: number
  originOf: ReadOrigin
}

/** The JSON API: one entry per operation gives the route, its validation and its part of the OpenAPI document. */
export class Api {
  readonly router: Router = Router({ caseSensitive: true, strict: true })
  readonly operations: Operation[] = []
  /** What it has answered and may answer again. */
  readonly memory: AnswerMemory

  constructor(private readonly deps: ApiDeps) {
    this.memory = new AnswerMemory(deps)
  }

  add<P, Q, B>(operation: Operation<P, Q, B>): void {
    this.operations.push(operation as unknown as Operation)
    const before = operation.before ? [operation.before] : []
    const { path, finish, limit = usualLimit(operation) } = operation
    this.router[operation.method](path, this.deps.limits.perAsker(limit), ...before, readJson, async (req, res) => {
      const made = await evenly(operation.takesMs ?? 0, () => this.answer(operation, req))
      const { holds } = made
      const answer = holds ? this.memory.keep(req, { path, limit }, { body: made.body, holds }) : made
      this.deps.send(res, finish?.(answer, req) ?? answer)
    })
  }

  /** Call after the last `add`: known paths answer other methods with 405 and `Allow`; the document is there. */
  close(): void {
    const document = readyDocument(() => openApiDocument(this.operations, this.deps))
    this.router.get('/openapi.json', (req, res) => this.deps.send(res, document(req)))
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
    const key = operation.method === 'post' ? req.headers['idempotency-key'] : undefined
    if (key !== undefined) assertKey(String(key))
    assertJson(req)
    refuseProto(req.body)
    const input: ApiInput<P, Q, B> = {
      params: checkPart(operation.params, req.params, true),
      query:
        operation.query || operation.method === 'get'
          ? checkPart(operation.query, req.query, true)
          : (check(noQuery, req.query) as Q),
      body: checkPart(operation.body, req.body, false),
      lang: acceptedLang(req),
      req,
    }
    await operation.prepare?.(input)
    if (operation.read) return operation.read(input)
    if (key === undefined) return this.deps.unitOfWork.run(await workOf(operation, input))
    const asked = keptUnder(req, { key: String(key), body: input.body, originOf: this.deps.originOf })
    const work = await workOf(operation, input).catch(async (error: unknown) => {
      const kept = operation.isRetry?.(error) ? await this.deps.keptAnswers.before(asked) : null
      if (kept === null) throw error
      return kept
    })
    if (typeof work !== 'function') return work
    return this.deps.keptAnswers.once({ ...asked, work, refusal: (error) => refusal(error, input.lang) })
  }
}

async function workOf<P, Q, B>(
  operation: Operation<P, Q, B>,
  input: ApiInput<P, Q, B>,
): Promise<(tx: Tx) => Promise<Answer>> {
  const { write, slow } = operation
  if (slow) return slow(input)
  if (!write) throw new Error(`operation without work: ${operation.path}`)
  return (tx) => write(tx, input)
}

/** A change is not to be made otherwise than was asked: what nobody reads is refused (contract.md). */
const noQuery = Joi.object<Record<string, never>>({})

/** A whole office sits behind one address, so whoever must sign in has a limit of their own. */
const usualLimit = ({ before, method }: Pick<Operation, 'before' | 'method'>): LimitName =>
  before ? 'staff' : method === 'get' ? 'read' : 'write'

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
