import type { ErrorRequestHandler, RequestHandler } from 'express'
import { unavailable } from '../../kernel/app-error.js'
import { type Errand, runErrand } from '../errand.js'

/** contract.md: ten seconds at most when the database hangs; two are left for a loop that is late itself. */
const DEADLINE_MS = 8000

/**
 * Makes an errand of each request: whatever it starts belongs to it and ends with it. `onError` answers one that is late and
 * one that throws where nobody catches; what its handler sends later is dropped (one-answer.ts).
 */
export const requestErrand =
  (onError: ErrorRequestHandler, deadlineMs = DEADLINE_MS): RequestHandler =>
  (req, res, next) => {
    const fail = (error: unknown) => void onError(error, req, res, () => undefined)
    const sinceMs = performance.now()
    const errand: Errand = { sinceMs, endsAtMs: sinceMs + deadlineMs, fail }
    const late = () => {
      if (res.headersSent) return
      // Nobody has waited for us yet: Node cuts those whose body does not arrive (wiring.ts).
      if (req.complete) return fail(unavailable('database-busy'))
      errand.endsAtMs += deadlineMs
      timer = setTimeout(late, deadlineMs)
    }
    let timer = setTimeout(late, deadlineMs)
    res.once('close', () => clearTimeout(timer))
    runErrand(errand, next)
  }
