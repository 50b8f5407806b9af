import { join } from 'node:path'
import type { DataSource } from 'typeorm'
import type { Clock } from '../kernel/clock.js'
import type { Config } from './config.js'
import { UnitOfWork } from './db/unit-of-work.js'
import { EventBus } from './events.js'
import { makeBrowserCookie } from './http/browser-cookie.js'
import { KeptAnswers } from './http/kept-answers.js'
import { makeKnownDevices } from './http/known-devices.js'
import { makeLimits } from './http/limits.js'
import { makeReadOrigin } from './http/origin.js'
import { makeHeadOf, makeSend } from './http/send.js'
import { makeSlowDown } from './http/slow-down.js'
import type { Log } from './log.js'
import { makeMetrics } from './metrics.js'
import { openBundles } from './pages/bundles.js'
import type { RedisLink } from './redis.js'
import { BesideFile } from './restore/beside-file.js'
import { Restores } from './restore/restores.js'
import { makeSecrets } from './secrets.js'

/** What only `main` and tests can make: they decide which database, clock and log it is. */
export interface Parts {
  config: Config
  appSecret: string
  dataSource: DataSource
  clock: Clock
  log: Log
  redis: RedisLink | null
  /** The folder that holds `views/`, `public/` and `node_modules/`. */
  root: string
}

/** What every room leans on; each takes the few it needs (`Pick<House, …>`). */
export function makeHouse({ appSecret, ...parts }: Parts) {
  const { config, dataSource, clock, log, redis, root } = parts
  const secrets = makeSecrets(appSecret, config.appSecretOld)
  const events = new EventBus(log)
  const unitOfWork = new UnitOfWork(dataSource)
  const keptAnswers = new KeptAnswers({ dataSource, unitOfWork, clock, secrets })
  const secure = config.production || config.baseUrl.startsWith('https:')
  const headOf = makeHeadOf(secure)
  const knownDevices = makeKnownDevices({ secrets, secure })
  const browser = makeBrowserCookie(secrets, secure)
  const beside = new BesideFile(config.dataDir, log)
  return {
    ...parts,
    secrets,
    events,
    unitOfWork,
    keptAnswers,
    /** Browsers reach us over TLS. */
    secure,
    baseUrl: config.baseUrl,
    limits: makeLimits(config.rateLimits, redis, (headers) => knownDevices.idOf(headers)),
    /** Slows down who guesses a code (D6, X8). */
    wrongCodes: makeSlowDown(config.rateLimits),
    /** Slows down who guesses a password (A2). */
    signInPace: makeSlowDown(config.rateLimits, { stepMs: 500 }),
    knownDevices,
    browser,
    originOf: makeReadOrigin(secrets, browser),
    metrics: makeMetrics(),
    headOf,
    send: makeSend(headOf),
    beside,
    /** Style sheets, scripts, fonts and icons of the pages; views name them by `asset`. */
    bundles: openBundles(join(root, 'dist/assets')),
    restores: new Restores({ dataSource, unitOfWork, clock, log, beside }),
  }
}

export type House = ReturnType<typeof makeHouse>
