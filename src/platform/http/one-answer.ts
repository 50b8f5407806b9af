import type { ServerResponse } from 'node:http'
import type { Express } from 'express'

/** Responses whose handler has lost the right to answer: somebody else has answered in its place. */
const taken = new WeakSet<ServerResponse>()

/** Ways of Express and Node to put something into a response. */
const WAYS = [
  'setHeader',
  'setHeaders',
  'appendHeader',
  'removeHeader',
  'writeHead',
  'write',
  'end',
  'flushHeaders',
  'addTrailers',
  'render',
  'sendFile',
] as const

/**
 * Whoever has lost the right to answer cannot answer (T50): each way does nothing then, so that a handler which comes back
 * late throws nowhere – `render` sends in a callback of its own, where nobody would catch it.
 */
export function guardAnswers({ response }: Express): void {
  const ways = response as unknown as Record<string, (...args: unknown[]) => unknown>
  for (const name of WAYS) {
    const way = ways[name]
    if (way === undefined) continue // younger than the oldest Node we run on
    ways[name] = function (this: ServerResponse, ...args: unknown[]): unknown {
      // `write` says that there is room for more.
      if (taken.has(this)) return name === 'write' ? true : this
      return way.apply(this, args)
    }
  }
}

/**
 * Answers in the handler's place, unless an answer has begun. Nothing that anybody else sends afterwards arrives.
 * @param answer sends whole and at once
 */
export function answerInstead(res: ServerResponse, answer: () => void): void {
  if (res.headersSent || taken.has(res)) return
  answer()
  taken.add(res)
}
