import type { Response } from 'express'
import { dataHeaders } from './guard.js'
import type { Answer } from './kept-answers.js'

/** Problems speak the language asked for, and a cookie says who asks. Most answers do not differ; none is kept anyway. */
const VARIES = 'Accept-Language, Cookie'

/** Sends an answer of the API, or a problem to whoever reads JSON. */
export type Send = (res: Response, answer: Answer) => void

/**
 * The whole head is written as one list: setting ten headers one by one costs more than all the rest of answering
 * from memory (npm run bench). An answer's own headers come last and win.
 */
export function makeSend(secure: boolean): Send {
  const guard = dataHeaders(secure).flat()
  return (res, { status, body, headers }) => {
    const head: Record<string, string | string[]> = { 'Cache-Control': 'no-store', Vary: VARIES }
    const bytes = body === undefined || Buffer.isBuffer(body) || typeof body === 'string' ? body : JSON.stringify(body)
    if (bytes !== undefined) {
      head['Content-Type'] =
        status < 400 ? 'application/json; charset=utf-8' : 'application/problem+json; charset=utf-8'
      head['Content-Length'] = String(Buffer.byteLength(bytes))
    }
    const list = [...guard]
    for (const [name, value] of Object.entries(headers ? Object.assign(head, headers) : head))
      for (const one of [value].flat()) list.push(name, one)
    res.writeHead(status, list).end(bytes)
  }
}
