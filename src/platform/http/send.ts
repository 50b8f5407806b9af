import type { Response } from 'express'
import { dataHeaders } from './guard.js'
import type { Answer } from './kept-answers.js'

/** Problems speak the language asked for, and a cookie says who asks. Most answers do not differ; none is kept anyway. */
const VARIES = 'Accept-Language, Cookie'

/** Sends an answer of the API, or a problem to whoever reads JSON. */
export type Send = (res: Response, answer: Answer) => void

/** The head of an answer with these bytes: names and values in turn. */
export type HeadOf = (answer: Pick<Answer, 'status' | 'headers'>, bytes?: Buffer | string) => string[]

/**
 * The whole head is written as one list: setting ten headers one by one costs more than all the rest of answering
 * from memory (npm run bench). An answer's own headers come last and win.
 */
export function makeHeadOf(secure: boolean): HeadOf {
  const guard = dataHeaders(secure).flat()
  return ({ status, headers }, bytes) => {
    const head: Record<string, string | string[]> = { 'Cache-Control': 'no-store', Vary: VARIES }
    if (bytes !== undefined) {
      head['Content-Type'] =
        status < 400 ? 'application/json; charset=utf-8' : 'application/problem+json; charset=utf-8'
      head['Content-Length'] = String(Buffer.byteLength(bytes))
    }
    const list = [...guard]
    for (const [name, value] of Object.entries(headers ? Object.assign(head, headers) : head))
      for (const one of [value].flat()) list.push(name, one)
    return list
  }
}

export function makeSend(headOf: HeadOf): Send {
  return (res, answer) => {
    const { status, body } = answer
    const bytes = body === undefined || Buffer.isBuffer(body) || typeof body === 'string' ? body : JSON.stringify(body)
    res.writeHead(status, headOf(answer, bytes)).end(bytes)
  }
}
