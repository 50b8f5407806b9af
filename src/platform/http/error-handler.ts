import { randomUUID } from 'node:crypto'
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express'
import { type AppError, notFound } from '../../kernel/app-error.js'
import { type Lang, type Translate, translator } from '../../messages/index.js'
import type { Log } from '../log.js'
import { acceptedLang } from './language.js'
import { answerInstead } from './one-answer.js'
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

const internal = (requestId: string, t: Translate): Problem & { requestId: string } => ({
  type: 'urn:turno:problem:internal',
  title: t('problems.titles.internal'),
  status: 500,
  detail: t('problems.internal', { requestId }),
  code: 'internal',
  requestId,
})

/**
 * The one error handler: problem+json for the API and whoever asks for JSON, a page for people. It answers in place of the
 * handler, so that what that one still sends is dropped.
 */
export function makeErrorHandler(log: Log, send: Send): ErrorRequestHandler {
  // Express knows an error handler by its four parameters.
  return (error: unknown, req, res, _next) => {
    const requestId = randomUUID()
    const expected = noLink(error, req.originalUrl) ?? expectedError(error)
    if (!expected) log.error({ err: error, requestId, route: routeOf(req) }, 'unexpected error')
    if (res.headersSent) return breakOff(res)
    if (expected?.kind === 'unavailable') log.warn({ err: expected, requestId }, 'unavailable')
    const lang = (res.locals.lang as Lang | undefined) ?? acceptedLang(req)
    const t = translator(lang)
    const problem = expected ? problemOf(expected, t) : internal(requestId, t)
    const headers = expected ? retryAfter(expected) : {}
    const sendJson = () => answerInstead(res, () => send(res, { status: problem.status, body: problem, headers }))
    if (/^\/api(\/|\?|$)/i.test(req.originalUrl) || req.accepts(['html', 'json']) !== 'html') return sendJson()
    // What fails before the language is chosen has a page too.
    Object.assign(res.locals, { lang, t })
    return res.render('errors/problem', { problem, title: problem.title } satisfies ProblemPage, (failed, html) => {
      if (failed) {
        log.error({ err: failed, requestId }, 'the page of a problem could not be shown')
        return sendJson()
      }
      // Compressed it would be sent later, when nobody may send any more.
      const head = { 'Cache-Control': 'no-store, no-transform', ...headers }
      return answerInstead(res, () =>
        res.status(problem.status).set(head).vary('Cookie, Accept, Accept-Language').send(html),
      )
    })
  }
}

/** Addresses whose next part is a secret. */
const SECRET = /^\/(?:api\/v1\/(?:tickets|bookings|holds)|numero|prenotazione)\//i

/** L2: a secret that cannot even be read as one is as unknown as any other. */
const noLink = (error: unknown, address: string): AppError | null =>
  error instanceof URIError && SECRET.test(address) ? notFound() : null

/** What has been sent cannot be taken back: half an answer must not look like a whole one. */
function breakOff(res: Response): void {
  if (!res.writableEnded) res.destroy()
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
