import { createHmac } from 'node:crypto'
import { type DataSource, type EntityManager, In } from 'typeorm'
import { insertOf } from '../db/statements.js'
import { AppError, malformed, notAllowed } from '../../kernel/app-error.js'
import type { Clock } from '../../kernel/clock.js'
import { isDuplicate } from '../db/db-errors.js'
import { KeptAnswerEntity } from '../db/kept-answer.entity.js'
import type { Tx } from '../db/tx.js'
import type { UnitOfWork } from '../db/unit-of-work.js'
import type { Derived } from '../derived.js'
import { fingerprint, type Secrets } from '../secrets.js'
import { type DerivedSecret, hideSecrets, showSecrets } from './kept-secrets.js'

/** What a write answers. Secrets are named so that the kept copy holds markers instead (L1). */
export interface Answer {
  status: number
  body?: unknown
  headers?: Record<string, string | string[]>
  secrets?: DerivedSecret[]
  /** Of a read that is the same for everybody who speaks the language: it may be given again as long as this is true. */
  holds?: () => boolean
}

export interface AskedAgain {
  /** Who asks and which key: other people's keys never meet. */
  key: string
  /** Method, address and checked input. */
  content: string
  /** How earlier versions wrote the same: what they kept is found for as long as it is kept (K9). */
  older?: { keys: string[]; contents: string[] }
}

export interface OnceRequest extends AskedAgain {
  work: (tx: Tx) => Promise<Answer>
  /** How a refusal reads; it is an answer too, and kept. */
  refusal: (error: AppError) => Answer
}

/** K9: 24 hours. */
const KEPT_MS = 24 * 3_600_000
const KEY = /^[\x21-\x7e]{1,255}$/

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
    const { secrets } = this.deps
    const row = { keyHash: fingerprint(request.key), contentHash: contentHash(secrets, request.content) }
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

  /**
   * For what is proven slowly, when the proof no longer holds, such as a code of the last minute: a retry of exactly the
   * same is given what was answered then. @returns null for another content: nothing is told of what is kept
   */
  async before(request: AskedAgain): Promise<Answer | null> {
    const kept = await this.find(this.deps.dataSource.manager, request)
    return kept && this.isValid(kept) ? this.replay(kept, request) : null
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
    const found = await this.find(tx.em, request)
    if (found && this.isValid(found)) {
      const again = this.replay(found, request)
      if (again === null) throw notAllowed('idempotency-key-reused')
      return again
    }
    if (found) await tx.em.delete(KeptAnswerEntity, { keyHash: found.keyHash })
    const answer = await tx.savepoint(() => request.work(tx)).catch((error: unknown) => refusalOf(error, request))
    const body = hideSecrets(answer.body, answer.secrets ?? [], this.deps.secrets)
    const kept = { ...row, status: answer.status, body, createdAt: this.deps.clock() }
    tx.withCommit(insertOf(tx.em, KeptAnswerEntity, kept))
    return answer
  }

  /** What is kept under the key, or under what earlier versions called it; it may be older than it is kept for. */
  private async find(em: EntityManager, { key, older }: AskedAgain): Promise<KeptAnswerEntity | null> {
    const hashes = [key, ...(older?.keys ?? [])].map(fingerprint)
    const kept = await em.findBy(KeptAnswerEntity, { keyHash: In(hashes) })
    return kept.find(({ keyHash }) => keyHash === hashes[0]) ?? kept[0] ?? null
  }

  private isValid({ createdAt }: KeptAnswerEntity): boolean {
    return createdAt.getTime() > this.deps.clock().getTime() - KEPT_MS
  }

  /** @returns null when the key was used for something else */
  private replay(kept: KeptAnswerEntity, { content, older }: AskedAgain): Answer | null {
    const { secrets } = this.deps
    const contents = [content, ...(older?.contents ?? [])]
    const maker = secrets.all.find((secret) => contents.some((each) => contentHash(secret, each) === kept.contentHash))
    if (!maker) return null
    const body = showSecrets(kept.body, secrets, maker)
    if (body === null) return null
    return { status: kept.status, body: body === '' ? undefined : JSON.parse(body) }
  }
}

const contentHash = (secret: Derived, content: string): string =>
  createHmac('sha256', secret.keyFor('kept-answers')).update(content).digest('hex')

/** Only what the rules refuse is an answer; a database that is away or a bug is not. */
function refusalOf(error: unknown, request: OnceRequest): Answer {
  if (error instanceof AppError && error.kind !== 'unavailable' && error.kind !== 'too-many')
    return request.refusal(error)
  throw error
}
