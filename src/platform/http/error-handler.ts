import { randomUUID } from 'node:crypto'
import type { ErrorRequestHandler, Request, RequestHandler } from 'express'
import { type AppError, notFound } from '../../kernel/app-error.js'
import { translator, type Lang } from '../../messages/index.js'
import type { Log } from '../log.js'
import { acceptedLang } from './language.js'
import { expectedError, problemOf, type Problem } from './problem.js'
import type { Send } from './send.js'

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
export function makeErrorHandler(log: Log, send: Send): ErrorRequestHandler {
  return (error: unknown, req, res, next) => {
    // Answered in the meantime (in-time.ts): what comes now comes too late to matter.
    if (res.writableEnded) return undefined
    if (res.headersSent) return next(error)
    const lang = (res.locals.lang as Lang | undefined) ?? acceptedLang(req)
    const t = translator(lang)
    const expected = expectedError(error)
    const requestId = randomUUID()
    if (!expected) log.error({ err: error, requestId, route: routeOf(req) }, 'unexpected error')
    else if (expected.kind === 'unavailable') log.warn({ err: expected, requestId }, 'unavailable')
    const problem = expected ? problemOf(expected, t) : internal(requestId)
    if (!expected)
      Object.assign(problem, { title: t('problems.titles.internal'), detail: t('problems.internal', { requestId }) })
    const headers = expected ? retryAfter(expected) : {}
    const answer = { status: problem.status, body: problem, headers }
    if (/^\/api(\/|\?|$)/i.test(req.originalUrl) || req.accepts(['html', 'json']) !== 'html') return send(res, answer)
    // What fails before the language is chosen has a page too.
    Object.assign(res.locals, { lang, t })
    res.status(problem.status).set({ 'Cache-Control': 'no-store', ...headers })
    return res.render('errors/problem', { problem, title: problem.title } satisfies ProblemPage, (failed, html) => {
      if (!failed) return res.send(html)
      log.error({ err: failed, requestId }, 'the page of a problem could not be shown')
      return send(res, answer)
    })
  }
}

function retryAfter({ details }: AppError): Record<string, string> {
  const { retryAfterSeconds } = details
  return typeof retryAfterSeconds === 'number' ? { 'Retry-After': String(Math.max(1, retryAfterSeconds)) } : {}
}

/** Where the API is mounted. */
export const API_BASE = '/api/v1'

/**
 * The pattern of the route, never the address itself: it may carry a token (L1). Express forgets where a router is
 * mounted once an error has left it, so the API's base is found again in the address.
 */
export const routeOf = (
  req: Pick<Request, 'method' | 'baseUrl' | 'originalUrl'> & { route?: { path?: unknown } },
): string => {
  const path = req.route?.path
  if (typeof path !== 'string') return `${req.method} (none)`
  const base = req.baseUrl === '' && req.originalUrl.startsWith(`${API_BASE}/`) ? API_BASE : req.baseUrl
  return `${req.method} ${base}${path}`
}
