import type { Request } from 'express'
import { askerOf } from './asker.js'
import type { OnceRequest } from './kept-answers.js'
import type { Origin, ReadOrigin } from './origin.js'

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
  const asker = askerOf(req)
  const { before = [], ...now } = originOf(req)
  const keyOf = ({ browserHash, addressHash }: Hashes) => `api:${asker || (browserHash ?? addressHash)}:${key}`
  const withoutAsker = hadNoAsker(asker, key)
  return {
    key: keyOf(now),
    content: contentOf(req, JSON.stringify(body ?? null, inOrder)),
    older: {
      keys: [...(asker === '' ? before.map(keyOf) : []), ...(withoutAsker ? [`api:${key}`, `api::${key}`] : [])],
      contents: withoutAsker ? [contentOf(req, JSON.stringify(body ?? null))] : [],
    },
  }
}

type Hashes = Pick<Origin, 'browserHash' | 'addressHash'>

const contentOf = (req: Request, body: string): string => `${req.method} ${req.originalUrl} ${body}`

/**
 * The public's keys were kept without an asker once, and with an empty one, and bodies as they came. A key with a colon
 * is left out: it would read like somebody else's.
 */
const hadNoAsker = (asker: string, key: string): boolean => asker === '' && !key.includes(':')

/** The order in which a client writes fields makes no other content (K9). */
const inOrder = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
    : value
