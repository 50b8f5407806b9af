import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readConfig } from '../../src/platform/config.js'
import { makeLog } from '../../src/platform/log.js'
import { openRedis } from '../../src/platform/redis.js'
import { exampleCalendar, makeSaveCalendar, type SaveCalendarCommand } from '../../src/scheduling/index.js'
import { exampleSites, type SiteFacts, SiteStore } from '../../src/sites/index.js'
import { type App, makeApp } from '../../src/wiring.js'
import { THE_DAY_BEFORE } from './builders.js'
import { ApiClient } from './client.js'
import { openTestDatabase, type TestDatabase } from './database.js'
import type { Engine } from './engines.js'
import { freePort } from './servers.js'
import { type TestClock, testClock } from './test-clock.js'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..')

interface Options {
  /** Where its clock stands; Monday 2026-11-23, 09:00 in Rome, unless said. */
  now?: Date | string
  /** Settings of contract.md over the test's own (no rate limits, no log): `{ SMTP_URL: inbox.url }`. */
  settings?: Record<string, string>
  /** Another instance on a database that is open already; it stays open at `close`, and nothing is loaded into it. */
  database?: TestDatabase
  /** Instead of the five example sites. */
  sites?: SiteFacts
}

/** The real app, listening on a free port of the loopback, with a clock that the test moves. */
export interface TestApp extends App {
  url: string
  clock: TestClock
  database: TestDatabase
  api: ApiClient
  /** Saves a calendar by its action: of Legnano as in the example data, but for what `part` says. */
  saveCalendar(part?: Partial<SaveCalendarCommand>): Promise<void>
  close(): Promise<void>
}

/** Starts the app on a new database of `engine` with the example sites and their calendars. Call `close` in `after`. */
export async function startApp(engine: Engine, options: Options = {}): Promise<TestApp> {
  const database = options.database ?? (await openTestDatabase(engine))
  const clock = testClock(options.now ?? THE_DAY_BEFORE)
  const port = await freePort()
  const own = { PORT: `${port}`, BASE_URL: `http://127.0.0.1:${port}`, RATE_LIMITS: 'off', LOG_LEVEL: 'silent' }
  const config = readConfig({ ...own, DATA_DIR: database.dataDir, ...options.settings })
  const log = makeLog(config.logLevel)
  const redis = config.redisUrl ? await openRedis(config.redisUrl, log) : null
  const { dataSource } = database
  const app = makeApp({ config, appSecret: 'a'.repeat(32), dataSource, clock, log, redis, root: ROOT })
  const saveCalendar = calendarSaver(app, clock)
  if (!options.database) await loadSites(app, saveCalendar, options.sites ?? exampleSites())
  await new Promise<void>((done) => app.http.listen(port, '127.0.0.1', done))
  const close = async () => {
    await app.jobs.stop()
    await app.io.close() // closes the HTTP server too
    app.http.closeAllConnections()
    await redis?.close()
    if (!options.database) await database.close()
  }
  return { ...app, url: config.baseUrl, clock, database, api: new ApiClient(config.baseUrl), saveCalendar, close }
}

type SaveCalendar = TestApp['saveCalendar']

function calendarSaver({ unitOfWork, events }: App, clock: TestClock): SaveCalendar {
  const save = makeSaveCalendar({ clock, events })
  return async (part = {}) => {
    await unitOfWork.run((tx) => save(tx, { siteId: 'legnano', ...exampleCalendar(), who: 'test', ...part }))
  }
}

async function loadSites({ unitOfWork }: App, saveCalendar: SaveCalendar, sites: SiteFacts): Promise<void> {
  await unitOfWork.run((tx) => new SiteStore(tx.em).addAll(sites))
  const offering = sites.sites.filter(({ id }) => sites.offers.some((offer) => offer.siteId === id))
  for (const { id } of offering) await saveCalendar({ siteId: id })
}
