import { createHmac } from 'node:crypto'
import { type DataSource, type EntityManager, In } from 'typeorm'
import { AppError, malformed, notAllowed } from '../../kernel/app-error.js'
import type { Clock } from '../../kernel/clock.js'
import { isDuplicate } from '../db/db-errors.js'
import { KeptAnswerEntity } from '../db/kept-answer.entity.js'
import type { Tx } from '../db/tx.js'
import type { UnitOfWork } from '../db/unit-of-work.js'
import { fingerprint, type Secrets } from '../secrets.js'

/** A secret that can be made again: `tokenFor(kind, id)`, or `codeFor` when it has a length. */
export interface DerivedSecret {
  kind: string
  id: string
  length?: number
}

/** What a write answers. Secrets are named so that the kept copy holds markers instead (L1). */
export interface Answer {
  status: number
  body?: unknown
  headers?: Record<string, string | string[]>
  secrets?: DerivedSecret[]
}

export interface OnceRequest {
  /** Who asks and which key: other people's keys never meet. */
  key: string
  /** Method, address and checked input. */
  content: string
  /** How earlier versions wrote the same: what they kept is found for as long as it is kept (K9). */
  older?: { keys: string[]; contents: string[] }
  work: (tx: Tx) => Promise<Answer>
  /** How a refusal reads; it is an answer too, and kept. */
  refusal: (error: AppError) => Answer
}

/** K9: 24 hours. */
const KEPT_MS = 24 * 3_600_000
const KEY = /^[\x21-\x7e]{1,255}$/

const MARKER = /\{\{([a-z-]+):([0-9a-f-]+)(?::(\d+))?\}\}/g
const markerOf = ({ kind, id, length }: DerivedSecret): string =>
  `{{${kind}:${id}${length === undefined ? '' : `:${length}`}}}`

/** @throws malformed `idempotency-key` */
export function assertKey(key: string): void {
  if (!KEY.test(key)) throw malformed('idempotency-key')
}

type Row = Pick<KeptAnswerEntity, 'keyHash' | 'contentHash'>

interface Deps {
  dataSource: DataSource
  unitOfWork: UnitOfWork
  clock: Clock
  secrets: Secrets
}

/**
 * Idempotency (K9). The answer is kept in the transaction of its work: the unique key of the row lets one copy of a
 * request through, on any instance; copies that arrive meanwhile wait for the first.
 */
export class KeptAnswers {
  private readonly running = new Map<string, { contentHash: string; answer: Promise<Answer> }>()

  constructor(private readonly deps: Deps) {}

  /** @throws not-allowed `idempotency-key-reused` */
  async once(request: OnceRequest): Promise<Answer> {
    const row = { keyHash: fingerprint(request.key), contentHash: this.contentHash(request.content) }
    const first = this.running.get(row.keyHash)
    if (first) {
      if (first.contentHash !== row.contentHash) throw notAllowed('idempotency-key-reused')
      return first.answer
    }
    const answer = this.firstOrKept(request, row)
    this.running.set(row.keyHash, { contentHash: row.contentHash, answer })
    try {
      return await answer
    } finally {
      this.running.delete(row.keyHash)
    }
  }

  private contentHash(content: string): string {
    return createHmac('sha256', this.deps.secrets.keyFor('kept-answers')).update(content).digest('hex')
  }

  private async firstOrKept(request: OnceRequest, row: Row): Promise<Answer> {
    const attempt = () => this.deps.unitOfWork.run((tx) => this.inside(tx, request, row))
    try {
      return await attempt()
    } catch (error) {
      // Another instance was first: its answer is there now.
      if (isDuplicate(error)) return attempt()
      throw error
    }
  }

  private async inside(tx: Tx, request: OnceRequest, row: Row): Promise<Answer> {
    const now = this.deps.clock()
    const since = now.getTime() - KEPT_MS
    const kept = await tx.em.findOneBy(KeptAnswerEntity, { keyHash: row.keyHash })
    if (kept && kept.createdAt.getTime() > since) return this.replay(kept, [row.contentHash])
    if (kept) await tx.em.delete(KeptAnswerEntity, { keyHash: row.keyHash })
    const { older } = request
    const before = older && (await tx.em.findOneBy(KeptAnswerEntity, { keyHash: In(older.keys.map(fingerprint)) }))
    if (before && before.createdAt.getTime() > since)
      return this.replay(
        before,
        [request.content, ...older.contents].map((content) => this.contentHash(content)),
      )
    const answer = await tx.savepoint(() => request.work(tx)).catch((error: unknown) => refusalOf(error, request))
    await this.keep(tx.em, { ...row, status: answer.status, body: this.withoutSecrets(answer), createdAt: now })
    return answer
  }

  private async keep(em: EntityManager, row: KeptAnswerEntity): Promise<void> {
    await em.createQueryBuilder().insert().into(KeptAnswerEntity).values(row).updateEntity(false).execute()
  }

  private replay(kept: KeptAnswerEntity, contentHashes: readonly string[]): Answer {
    if (!contentHashes.includes(kept.contentHash)) throw notAllowed('idempotency-key-reused')
    const body = kept.body.replace(MARKER, (_, ...[kind = '', id = '', length]: string[]) =>
      this.secretOf({ kind, id, ...(length && { length: Number(length) }) }),
    )
    return { status: kept.status, body: body === '' ? undefined : JSON.parse(body) }
  }

  private withoutSecrets({ body, secrets = [] }: Answer): string {
    // What people wrote may look like a marker: in JSON two braces meet inside a text only, where one may be written so.
    let text = body === undefined ? '' : JSON.stringify(body).replaceAll('{{', '{\\u007b')
    for (const secret of secrets) text = text.replaceAll(this.secretOf(secret), markerOf(secret))
    return text
  }

  private secretOf({ kind, id, length }: DerivedSecret): string {
    const { secrets } = this.deps
    return length === undefined ? secrets.tokenFor(kind, id) : secrets.codeFor(kind, id, length)
  }
}

/** Only what the rules refuse is an answer; a database that is away or a bug is not. */
function refusalOf(error: unknown, request: OnceRequest): Answer {
  if (error instanceof AppError && error.kind !== 'unavailable' && error.kind !== 'too-many')
    return request.refusal(error)
  throw error
}
