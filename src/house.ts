import type { DataSource } from 'typeorm'
import type { Clock } from './kernel/clock.js'
import type { Config } from './platform/config.js'
import { UnitOfWork } from './platform/db/unit-of-work.js'
import { EventBus } from './platform/events.js'
import { makeBrowserCookie } from './platform/http/browser-cookie.js'
import { makeReadOrigin } from './platform/http/origin.js'
import { KeptAnswers } from './platform/http/kept-answers.js'
import { makeLimits } from './platform/http/limits.js'
import { makeSlowDown } from './platform/http/slow-down.js'
import { makeSend } from './platform/http/send.js'
import type { Log } from './platform/log.js'
import { makeMetrics } from './platform/metrics.js'
import type { RedisLink } from './platform/redis.js'
import { BesideFile } from './platform/restore/beside-file.js'
import { Restores } from './platform/restore/restores.js'
import { makeSecrets } from './platform/secrets.js'
import { givenNumbers, keepGivenNumbers } from './queue/index.js'
import { makeKnownDevices } from './staff/index.js'

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

/** What every room leans on. */
export function makeHouse({ config, appSecret, dataSource, clock, log, redis }: Parts) {
  const secrets = makeSecrets(appSecret, config.appSecretOld)
  const events = new EventBus(log)
  const unitOfWork = new UnitOfWork(dataSource)
  const keptAnswers = new KeptAnswers({ dataSource, unitOfWork, clock, secrets })
  const wrongCodes = makeSlowDown(config.rateLimits)
  const signInPace = makeSlowDown(config.rateLimits, { stepMs: 500, mostMs: 2500 })
  const secure = config.production || config.baseUrl.startsWith('https:')
  const knownDevices = makeKnownDevices({ secrets, secure })
  const limits = makeLimits(config.rateLimits, redis, (headers) => knownDevices.idOf(headers))
  const browser = makeBrowserCookie(secrets, secure)
  const originOf = makeReadOrigin(secrets, browser)
  const [metrics, send] = [makeMetrics(), makeSend(secure)]
  const beside = new BesideFile(config.dataDir, log)
  keepGivenNumbers(events, beside, clock)
  const restores = new Restores({ dataSource, unitOfWork, clock, log, beside, givenOut: givenNumbers })
  const asked = { browser, originOf, limits, wrongCodes, signInPace, knownDevices }
  return { ...asked, beside, restores, secrets, events, unitOfWork, keptAnswers, metrics, secure, send }
}

export type House = ReturnType<typeof makeHouse>
