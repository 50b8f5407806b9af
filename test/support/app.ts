import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadExamples } from '../../src/example-data.js'
import { type Config, readConfig } from '../../src/platform/config.js'
import { makeLog } from '../../src/platform/log.js'
import { exampleCalendar, makeSaveCalendar } from '../../src/scheduling/index.js'
import type { SaveCalendarCommand } from '../../src/scheduling/save-calendar.js'
import { stopApp } from '../../src/stop-app.js'
import { type App, makeApp } from '../../src/wiring.js'
import { THE_DAY_BEFORE } from './builders.js'
import { buildPages } from './built.js'
import { ApiClient } from './client.js'
import { openTestDatabase, type TestDatabase } from './database.js'
import type { Engine } from './engines.js'
import { freePort } from './servers.js'
import type { SmtpInbox } from './smtp.js'
import { type TestClock, testClock } from './test-clock.js'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..')

interface Options {
  /** Where its clock stands; Monday 2026-11-23, 09:00 in Rome, unless said. */
  now?: Date | string
  /** Settings of contract.md over the test's own (no rate limits, no log): `{ RATE_LIMITS: 'on' }`. */
  settings?: Record<string, string>
  /** Sends its mail there, at once. Without it mail waits in the outbox. */
  inbox?: SmtpInbox
  /** A database that is open already and stays open at `close`; the example sites are loaded if it is empty. */
  database?: TestDatabase
}

/** The real app, listening on a free port of the loopback, with a clock that the test moves. */
export interface TestApp extends App {
  url: string
  clock: TestClock
  database: TestDatabase
  api: ApiClient
  /** Saves a calendar by its action: Legnano's of the example data, but for what `part` says. */
  saveCalendar(part?: Partial<SaveCalendarCommand>): Promise<void>
  close(): Promise<void>
}

/**
 * Starts the app on a new database of `engine` with the example sites and their calendars. Jobs do not run by the minute
 * here: `await app.jobs.runAll()`. Call `close` in `after`.
 */
export async function startApp(engine: Engine, options: Options = {}): Promise<TestApp> {
  buildPages()
  const database = options.database ?? (await openTestDatabase(engine))
  const config = await configFor(database, options)
  const [log, clock] = [makeLog(config.logLevel), testClock(options.now ?? THE_DAY_BEFORE)]
  const redis = config.redisUrl
    ? await (await import('../../src/platform/redis.js')).openRedis(config.redisUrl, log)
    : null
  const { dataSource } = database
  const app = makeApp({ config, appSecret: 'a'.repeat(32), dataSource, clock, log, redis, root: ROOT })
  await loadExamples({ ...app, dataSource, clock })
  await new Promise<void>((done) => app.http.listen(config.port, '127.0.0.1', done))
  if (options.inbox) app.sender.start()
  const kept = Object.create(dataSource, { destroy: { value: () => Promise.resolve() } }) as typeof dataSource
  const stop = stopApp(app, { dataSource: kept, redis, log, unlock: () => undefined })
  const close = async () => {
    await stop()
    if (!options.database) await database.close()
  }
  const saveCalendar = calendarSaver(app, clock)
  return { ...app, url: config.baseUrl, clock, database, api: new ApiClient(config.baseUrl), saveCalendar, close }
}

async function configFor({ dataDir, url }: TestDatabase, { settings, inbox }: Options): Promise<Config> {
  const PORT = `${await freePort()}`
  return readConfig({
    PORT,
    BASE_URL: `http://127.0.0.1:${PORT}`,
    RATE_LIMITS: 'off',
    LOG_LEVEL: 'silent',
    DATA_DIR: dataDir,
    ...(url !== null && { DATABASE_URL: url }),
    ...(inbox && { SMTP_URL: inbox.url, MAIL_FROM: 'Turno <turno@example.org>' }),
    ...settings,
  })
}

function calendarSaver({ unitOfWork, events, outdateSeats }: App, clock: TestClock): TestApp['saveCalendar'] {
  const save = makeSaveCalendar({ clock, events, outdateSeats })
  return async (part = {}) => {
    await unitOfWork.run((tx) => save(tx, { siteId: 'legnano', ...exampleCalendar(), who: 'test', ...part }))
  }
}
