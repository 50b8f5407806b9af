import type { RequestHandler } from 'express'
import type { Log } from '../log.js'
import type { CountRequest } from '../metrics.js'
import { routeOf } from './error-handler.js'

/** One line and one measurement of an answered request: the route's pattern, never its address, which may hold a token (L1, A5). */
export type NoteRequest = (answered: Answered, level?: 'info' | 'debug') => void

interface Answered {
  route: string
  status: number
  ms: number
}

export function makeNoteRequest(log: Log, countRequest: CountRequest): NoteRequest {
  // These three facts hold nothing personal: looking for it in every line would take longer than writing it.
  const lines = log.child({}, { redact: [], formatters: { log: (line) => line } })
  return ({ route, status, ms }, level = 'info') => {
    countRequest(route, status, ms)
    lines[level]({ route, status, ms: Math.round(ms) }, 'request')
  }
}

/** Notes what Express answers. */
export const noteRequests =
  (note: NoteRequest): RequestHandler =>
  (req, res, next) => {
    const startedMs = performance.now()
    res.once('finish', () => {
      // Style sheets and scripts: a page asks for ten of them.
      const isFile = req.route === undefined && res.statusCode < 400
      const ms = performance.now() - startedMs
      note({ route: routeOf(req), status: res.statusCode, ms }, isFile ? 'debug' : 'info')
    })
    next()
  }
