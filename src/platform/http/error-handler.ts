import { randomUUID } from 'node:crypto'
import type { ErrorRequestHandler, RequestHandler } from 'express'
import { type AppError, notFound } from '../../kernel/app-error.js'
import { translator, type Lang } from '../../messages/index.js'
import type { Log } from '../log.js'
import { acceptedLang } from './language.js'
import { expectedError, problemOf, type Problem } from './problem.js'

/** Views show these two lines and never more: no stack trace leaves the house. */
export interface ProblemPage {
  problem: Problem
  title: string
}

/** An address nobody answers. */
export const nothingHere: RequestHandler = () => {
  throw notFound()
}

const internal = (requestId: string): Problem & { requestId: string } => ({
  type: 'urn:turno:problem:internal',
  title: '',
  status: 500,
  detail: '',
  code: 'internal',
  requestId,
})

/** The one error handler: problem+json for the API and whoever asks for JSON, a page for people. */
export function makeErrorHandler(log: Log): ErrorRequestHandler {
  return (error: unknown, req, res, next) => {
    if (res.headersSent) return next(error)
    const t = translator((res.locals.lang as Lang | undefined) ?? acceptedLang(req))
    const expected = expectedError(error)
    const requestId = randomUUID()
    if (!expected) log.error({ err: error, requestId, route: routeOf(req) }, 'unexpected error')
    else if (expected.kind === 'unavailable') log.warn({ err: expected, requestId }, 'unavailable')
    const problem = expected ? problemOf(expected, t) : internal(requestId)
    if (!expected)
      Object.assign(problem, { title: t('problems.titles.internal'), detail: t('problems.internal', { requestId }) })
    res.status(problem.status).setHeader('Cache-Control', 'no-store')
    if (expected) retryAfter(expected, (seconds) => res.setHeader('Retry-After', String(seconds)))
    if (req.originalUrl.startsWith('/api/') || req.accepts(['html', 'json']) !== 'html') {
      res.setHeader('Content-Type', 'application/problem+json; charset=utf-8')
      res.end(JSON.stringify(problem))
    } else res.render('errors/problem', { problem, title: problem.title } satisfies ProblemPage)
  }
}

function retryAfter({ details }: AppError, set: (seconds: number) => void): void {
  const { retryAfterSeconds } = details
  if (typeof retryAfterSeconds === 'number') set(Math.max(1, retryAfterSeconds))
}

/** The pattern of the route, never the address itself: it may carry a token (L1). */
export const routeOf = (req: { method: string; baseUrl: string; route?: { path?: unknown } }): string => {
  const path = req.route?.path
  return `${req.method} ${typeof path === 'string' ? req.baseUrl + path : '(none)'}`
}
