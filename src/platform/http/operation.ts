import type { Request, RequestHandler } from 'express'
import type { ObjectSchema } from 'joi'
import type { Lang } from '../../messages/index.js'
import type { Tx } from '../db/tx.js'
import type { Answer } from './kept-answers.js'
import type { LimitName } from './limits.js'

/** What an operation is given: checked input, the language to speak, and the request for what is seldom needed. */
export interface ApiInput<P = Record<string, string>, Q = Record<string, unknown>, B = unknown> {
  params: P
  query: Q
  body: B
  lang: Lang
  req: Request
}

interface Described {
  /** Express 5 path below /api/v1, such as `/bookings/:token/cancel`; logs name the pattern, so that no secret is in them. */
  path: string
  summary: string
  /** Statuses and the codes or shapes they carry, for the OpenAPI document. */
  answers: Record<number, string>
  limit?: LimitName
  /** How long it takes at least, so that what was found does not show in the time. */
  takesMs?: number
}

/** Who may come through a guard: staff by cookie and token, a paired kiosk by its bearer token, anybody by a link's secret. */
export type Comer = 'staff' | 'kiosk' | 'link'

/** Authentication and permits before an operation; it says for whom, so that the OpenAPI document can. */
export type Guard = RequestHandler & { comers: readonly Comer[] }

export interface Operation<P = unknown, Q = unknown, B = unknown> extends Described {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  params?: ObjectSchema<P>
  query?: ObjectSchema<Q>
  body?: ObjectSchema<B>
  /** Runs before the input is checked: authentication and permits. */
  before?: Guard
  /** After the input is checked and before the work: limits that need the input. */
  prepare?: (input: ApiInput<P, Q, B>) => Promise<void>
  /** A change: runs in a unit of work, once per Idempotency-Key. */
  write?: (tx: Tx, input: ApiInput<P, Q, B>) => Promise<Answer>
  /** A change that needs something slow first, such as a password's hash: outside the unit of work it makes the work. */
  slow?: (input: ApiInput<P, Q, B>) => Promise<(tx: Tx) => Promise<Answer>>
  /** Whether what `slow` refused may have been in order when it was asked first: then its kept answer holds (K9). */
  isRetry?: (error: unknown) => boolean
  read?: (input: ApiInput<P, Q, B>) => Promise<Answer>
  /** The last touch to an answer, kept ones too: what belongs into headers and not into the kept body, such as a cookie. */
  finish?: (answer: Answer, req: Request) => Answer
}
