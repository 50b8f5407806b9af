import compression from 'compression'
import cookieParser from 'cookie-parser'
import express, { type Express, type RequestHandler, type Router } from 'express'
import helmet from 'helmet'
import type { Log } from '../log.js'
import type { Secrets } from '../secrets.js'
import { makeCsrf } from './csrf.js'
import { makeErrorHandler, nothingHere, routeOf } from './error-handler.js'
import { speakLanguage } from './language.js'
import type { Limits } from './limits.js'

interface Deps {
  log: Log
  secrets: Secrets
  limits: Limits
  /** True when citizens reach us over TLS: cookies get `Secure` and `__Host-`, browsers are told to stay on TLS. */
  secure: boolean
  production: boolean
  trustProxy: number
  viewsDir: string
  publicDir: string
  measure: RequestHandler
  watch: Router
  api: Router
  assets: Router[]
  pages: Router[]
}

const FORM_LIMIT = '32kb'
const DAY_S = 86_400

/** No inline script or style, nothing of third parties (item 10). `data:` is for the icons and font inside the CSS. */
const CSP = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'data:'],
  'font-src': ["'self'", 'data:'],
  'connect-src': ["'self'"],
  'manifest-src': ["'self'"],
  'frame-src': ["'self'"],
  'form-action': ["'self'"],
  'base-uri': ["'none'"],
  'frame-ancestors': ["'none'"],
}

const guard = (secure: boolean): RequestHandler =>
  helmet({
    contentSecurityPolicy: { useDefaults: false, directives: CSP },
    strictTransportSecurity: secure ? { maxAge: 365 * DAY_S } : false,
    referrerPolicy: { policy: 'same-origin' },
    crossOriginEmbedderPolicy: false,
  })

/** The Express app: guards, the API, the pages, one error handler. */
export function makeHttpApp(deps: Deps): Express {
  const app = express()
  app.disable('x-powered-by')
  app.set('trust proxy', deps.trustProxy)
  app.set('query parser', 'simple')
  app.set('etag', false)
  app.set('view engine', 'ejs')
  app.set('views', deps.viewsDir)
  app.set('view cache', deps.production)
  app.use(guard(deps.secure), deps.measure, logRequests(deps.log), deps.watch)
  app.use('/api/v1', deps.api)
  app.use('/api', nothingHere)
  app.use(compression())
  for (const assets of deps.assets) app.use('/assets', assets)
  app.use(express.static(deps.publicDir, { index: false, maxAge: deps.production ? DAY_S * 1000 : 0 }))
  app.use(cookieParser(), speakLanguage(deps.secure), deps.limits.perAddress('read'))
  app.use(express.urlencoded({ extended: false, limit: FORM_LIMIT, parameterLimit: 100 }))
  app.use(...makeCsrf(deps.secrets, deps.secure), ...deps.pages)
  app.use(nothingHere, makeErrorHandler(deps.log))
  return app
}

/** One line a request: the route's pattern, never its address, which may hold a token (L1, A5). */
const logRequests =
  (log: Log): RequestHandler =>
  (req, res, next) => {
    const startedMs = performance.now()
    res.once('finish', () => {
      log.info(
        { route: routeOf(req), status: res.statusCode, ms: Math.round(performance.now() - startedMs) },
        'request',
      )
    })
    next()
  }
