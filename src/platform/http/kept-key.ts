import type { Request } from 'express'
import { askerOf } from './asker.js'
import type { OnceRequest } from './kept-answers.js'
import type { ReadOrigin } from './origin.js'

interface Kept {
  /** `Idempotency-Key`. */
  key: string
  /** The checked input. */
  body: unknown
  originOf: ReadOrigin
}

/**
 * What an answer is kept under (K9). The public's keys belong to a browser that was on the pages of booking, or to the
 * address: a stranger with the same key and content must not be given an answer with somebody's link in it.
 */
export function keptUnder(req: Request, { key, body, originOf }: Kept): Pick<OnceRequest, 'key' | 'content' | 'older'> {
  const { browserHash, addressHash } = originOf(req)
  return {
    key: `api:${askerOf(req) || (browserHash ?? addressHash)}:${key}`,
    content: contentOf(req, JSON.stringify(body ?? null, inOrder)),
    ...olderForm(req, key, body),
  }
}

const contentOf = (req: Request, body: string): string => `${req.method} ${req.originalUrl} ${body}`

/**
 * As the public's keys were kept before they had an asker, and with an empty one, and bodies as they came. A key with a colon is left out: it would
 * read like somebody else's.
 */
function olderForm(req: Request, key: string, body: unknown): Pick<OnceRequest, 'older'> {
  if (askerOf(req) !== '' || key.includes(':')) return {}
  return { older: { keys: [`api:${key}`, `api::${key}`], contents: [contentOf(req, JSON.stringify(body ?? null))] } }
}

/** The order in which a client writes fields makes no other content (K9). */
const inOrder = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value
