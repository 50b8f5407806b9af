import cookieParser from 'cookie-parser'
import express, { type Express, type Request, type RequestHandler, type Router } from 'express'
import { loopTurns } from '../loop-turns.js'
import type { Log } from '../log.js'
import type { Secrets } from '../secrets.js'
import type { Api } from './api.js'
import { makeBusyAnswer } from './busy-answer.js'
import { makeCsrf } from './csrf.js'
import { Door } from './door.js'
import { API_BASE, makeErrorHandler, nothingHere } from './error-handler.js'
import { guard } from './guard.js'
import { speakLanguage } from './language.js'
import { knownAddress } from './known-address.js'
import type { Limits } from './limits.js'
import { guardAnswers } from './one-answer.js'
import { requestErrand } from './request-errand.js'
import { type NoteRequest, noteRequests } from './request-notes.js'
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
  note: NoteRequest
  send: Send
  watch: Router
  api: Pick<Api, 'router'>
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
  app.use(noteRequests(deps.note), requestErrand(onError))
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
