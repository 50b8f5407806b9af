import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Request } from 'express'
import type { Lang } from '../../messages/index.js'
import { API_BASE } from './error-handler.js'
import { isKnown } from './etag.js'
import { mayHaveBody } from './json-body.js'
import type { Answer } from './kept-answers.js'
import { acceptedLang, knownLang } from './language.js'
import type { LimitName, Limits } from './limits.js'
import type { NoteRequest } from './request-notes.js'
import type { HeadOf } from './send.js'

/** What lies ready for one address in one language. */
interface Ready {
  /** The bytes of the body, one sign each: Node writes a text together with its head, bytes by themselves. */
  text: string
  etag: string
  whole: string[]
  unchanged: string[]
  /** For log and figures. */
  route: string
  limit: LimitName
  holds: () => boolean
}

/** An answer with 200 and no headers of its own, and how long it may be given again. */
type Holding = Pick<Answer, 'body'> & Required<Pick<Answer, 'holds'>>

interface Deps {
  limits: Limits
  headOf: HeadOf
  note: NoteRequest
  /** How many proxies stand before us (T23). */
  trustProxy: number
}

/** Whoever asks for every possible range must not fill the memory. */
const MOST = 2000
const MOST_SIGNS = 8_000_000

/**
 * Answers that are the same for everybody who speaks the language, given before Express as long as they hold: finding a
 * route takes longer than sending what is ready (docs/decisions/036). What is not here, or needs any thought, goes on.
 */
export class AnswerMemory {
  private readonly ready = new Map<string, Ready>()
  private signs = 0

  constructor(private readonly deps: Deps) {}

  /** Keeps an answer that holds. @returns it with its mark, or that the asker has it already */
  keep(req: Request, { path, limit }: { path: string; limit: LimitName }, { body, holds }: Holding): Answer {
    const bytes = Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body))
    const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`
    const whole = { status: 200, body: bytes, headers: { ETag: etag } }
    const unchanged = { status: 304, headers: { ETag: etag } }
    this.set(keyOf(acceptedLang(req), req.originalUrl), {
      text: bytes.toString('latin1'),
      etag,
      whole: this.deps.headOf(whole, bytes),
      unchanged: this.deps.headOf(unchanged),
      route: `GET ${API_BASE}${path}`,
      limit,
      holds,
    })
    return isKnown(req.headers, etag) ? unchanged : whole
  }

  /** Answers at once, or leaves it to `otherwise`. */
  readonly answer = (req: IncomingMessage, res: ServerResponse, otherwise: () => void): void => {
    const startedMs = performance.now()
    const ready = this.find(req)
    const spent = ready && this.deps.limits.spendOfAnonymous(ready.limit, req, this.deps.trustProxy)
    if (!ready || !spent) return otherwise()
    const send = () => {
      const hasIt = isKnown(req.headers, ready.etag)
      res.writeHead(hasIt ? 304 : 200, hasIt ? ready.unchanged : ready.whole)
      if (hasIt) res.end()
      else res.end(ready.text, 'latin1')
      const { route } = ready
      this.deps.note({ route, status: res.statusCode, ms: performance.now() - startedMs })
    }
    // Who has asked too often is told so by who tells everybody.
    spent.then(send, otherwise)
  }

  private find(req: IncomingMessage): Ready | null {
    if (req.method !== 'GET' || mayHaveBody(req)) return null
    const lang = knownLang(req.headers)
    const ready = lang && this.ready.get(keyOf(lang, req.url ?? ''))
    return ready?.holds() ? ready : null
  }

  private set(key: string, ready: Ready): void {
    this.signs += ready.text.length - (this.ready.get(key)?.text.length ?? 0)
    if (this.ready.size >= MOST || this.signs > MOST_SIGNS) {
      this.ready.clear()
      this.signs = ready.text.length
    }
    this.ready.set(key, ready)
  }
}

const keyOf = (lang: Lang, address: string): string => `${lang} ${address}`
