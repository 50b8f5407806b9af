import cookieParser from 'cookie-parser'
import express, { type Express, type Request, type RequestHandler, type Router } from 'express'
import { loopTurns } from '../loop-turns.js'
import type { Log } from '../log.js'
import type { CountRequest } from '../metrics.js'
import type { Secrets } from '../secrets.js'
import type { Api } from './api.js'
import { makeBusyAnswer } from './busy-answer.js'
import { makeCsrf } from './csrf.js'
import { Door } from './door.js'
import { API_BASE, makeErrorHandler, nothingHere, routeOf } from './error-handler.js'
import { guard } from './guard.js'
import { speakLanguage } from './language.js'
import { knownAddress } from './known-address.js'
import type { Limits } from './limits.js'
import { guardAnswers } from './one-answer.js'
import { requestErrand } from './request-errand.js'
import type { Bundles } from '../pages/bundles.js'
import { keepNothing, packPages } from '../pages/page-headers.js'
import { writeView } from '../pages/view-engine.js'
import type { Send } from './send.js'

interface Deps {
  log: Log
  secrets: Secrets
  limits: Limits
  /** True when citizens reach us over TLS: cookies get `Secure` and `__Host-`, browsers are told to stay on TLS. */
  secure: boolean
  /** Staff have signed in there. */
  isKnownBrowser: (req: Request) => boolean
  trustProxy: number
  viewsDir: string
  countRequest: CountRequest
  send: Send
  watch: Router
  api: Pick<Api, 'fromMemory' | 'router'>
  /** Style sheets, scripts, fonts and icons of the pages; views name them by `asset`. */
  bundles: Bundles
  /** Behind a session: they check its own token (staff/page-permit.ts), so that one that has ended leads to signing in. */
  ownPages: Router[]
  /** Behind the CSRF check of every browser. */
  pages: Router[]
}

const FORM_LIMIT = '32kb'

/** The Express app: guards, the API, the pages, one error handler. */
export function makeHttpApp(deps: Deps): Express {
  const app = express()
  const onError = makeErrorHandler(deps.log, deps.send)
  const door = new Door({ turns: loopTurns, refuse: makeBusyAnswer(deps.secure), isKnown: deps.isKnownBrowser }).handler
  app.disable('x-powered-by')
  // Express's own last resort prints stack traces in any other environment.
  app.set('env', 'production')
  app.set('trust proxy', deps.trustProxy)
  app.set('query parser', 'simple')
  app.set('etag', false)
  app.engine('ejs', writeView)
  app.set('view engine', 'ejs')
  app.set('views', deps.viewsDir)
  app.set('view cache', true)
  guardAnswers(app)
  app.use(noteRequests(deps), requestErrand(onError), deps.api.fromMemory)
  app.use(API_BASE, door, deps.api.router)
  app.use(guard(deps.secure), deps.watch)
  app.use('/api', nothingHere)
  app.locals.asset = (name: string) => deps.bundles.asset(name)
  app.use('/assets', deps.bundles.router)
  app.use(keepNothing, packPages())
  app.use(door, cookieParser(), speakLanguage(deps.secure), limitPages(deps.limits))
  app.use(express.urlencoded({ extended: false, limit: FORM_LIMIT, parameterLimit: 100 }))
  app.use(...deps.ownPages, knownAddress(deps.pages))
  app.use(...makeCsrf(deps.secrets, deps.secure), ...deps.pages)
  app.use(nothingHere, onError)
  return app
}

/** Displays have a count of their own: their address is the waiting room's. */
function limitPages(limits: Limits): RequestHandler {
  const [screen, read] = [limits.perAsker('screen'), limits.perAsker('read')]
  return (req, res, next) => (/^\/(display|kiosk)\//.test(req.path) ? screen : read)(req, res, next)
}

/** One line a request and one measurement: the route's pattern, never its address, which may hold a token (L1, A5). */
const noteRequests = ({ log, countRequest }: Pick<Deps, 'log' | 'countRequest'>): RequestHandler => {
  // These three facts hold nothing personal: looking for it in every line would take longer than writing it.
  const lines = log.child({}, { redact: [], formatters: { log: (line) => line } })
  return (req, res, next) => {
    const startedMs = performance.now()
    res.once('finish', () => {
      const [route, status, ms] = [routeOf(req), res.statusCode, performance.now() - startedMs]
      countRequest(route, status, ms)
      // Style sheets and scripts: a page asks for ten of them.
      const isFile = req.route === undefined && status < 400
      lines[isFile ? 'debug' : 'info']({ route, status, ms: Math.round(ms) }, 'request')
    })
    next()
  }
}
