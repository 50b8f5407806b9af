import { fileURLToPath } from 'node:url'
import { migrations } from '../migrations/index.js'
import { entities } from './entities.js'
import { loadExamples } from './example-data.js'
import { clockFrom, systemClock } from './kernel/clock.js'
import { ownSecret } from './platform/app-secret.js'
import { type Config, readConfig } from './platform/config.js'
import { lockDataDir } from './platform/db/data-lock.js'
import { openDatabase } from './platform/db/data-source.js'
import { migrate } from './platform/db/migrate.js'
import { batchedOutput, type Log, makeLog } from './platform/log.js'
import type { RedisLink } from './platform/redis.js'
import { watchUncaught } from './platform/uncaught.js'
import { renewSecrets } from './renew-secrets.js'
import { stopApp } from './stop-app.js'
import { makeFirstAdmin, type NewAdmin } from './staff/index.js'
import { type App, makeApp } from './wiring.js'

/** The project's root, from the build (`dist/src/main.js`) and from the sources (`src/main.ts`) alike. */
const root = fileURLToPath(new URL(import.meta.url.includes('/dist/src/') ? '../../' : '../', import.meta.url))

/** Config → database → wiring → listen; SIGTERM takes it down again in the opposite order. */
async function start(): Promise<void> {
  // What the house writes is for its owner's eyes.
  process.umask(0o077)
  const config = readConfig(process.env)
  const log = makeLog(config.logLevel, batchedOutput())
  warnOfForgottenProduction(config)
  const unlock = config.databaseUrl === null ? lockDataDir(config.dataDir) : () => undefined
  const dataSource = await openDatabase(config, { entities, migrations }, log)
  const migrated = await migrate(dataSource)
  if (migrated.length > 0) log.info({ migrated }, 'database is up to date')
  const redis = config.redisUrl === null ? null : await redisAt(config.redisUrl, log)
  const clock = config.demoClock ? clockFrom(config.demoClock) : systemClock
  const appSecret = config.appSecret ?? ownSecret(config.dataDir)
  const app = makeApp({ config, appSecret, dataSource, clock, log, redis, root })
  await app.restores.look()
  if (config.demoData) await loadExamples({ ...app, dataSource, clock })
  tellPassword(await makeFirstAdmin({ ...app, dataSource, clock }, config.admin))
  await renewSecrets({ ...app, dataSource, clock, log })
  await app.jobs.runAll()
  const stop = stopApp(app, { dataSource, redis, log, unlock })
  watchSignals(stop, log)
  await listen(app, config)
  app.start()
  const [site] = (await app.directory.all()).sites
  announce(config, site?.id ?? '{site}')
}

/** Loaded where it is used: the client takes a fifth of a start, and most installations have no Redis. */
async function redisAt(url: string, log: Log): Promise<RedisLink> {
  const { openRedis } = await import('./platform/redis.js')
  return openRedis(url, log)
}

/** Without NODE_ENV=production limits may be lifted, the clock set and example data loaded: nobody shall find out later. */
function warnOfForgottenProduction({ production, development, baseUrl }: Config): void {
  if (production || development) return
  const line = '*'.repeat(78)
  const sentences = [
    `WARNING: ${baseUrl} is a public address, but NODE_ENV is not "production".`,
    'Example data and settings for trying out are allowed. Set NODE_ENV=production before citizens use it.',
    'Pages for developers (/dev/mail) are not served.',
  ]
  process.stderr.write(`${[line, ...sentences, line].join('\n')}\n`)
}

const listen = (app: App, { port, host }: Config): Promise<void> =>
  new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE' ? new Error(`Port ${port} is in use. Choose another: PORT=${port + 1}`) : error,
      )
    app.http.once('error', failed).listen(port, host, resolve)
  })

/** At once: should the port be taken, nobody would ever see it. */
function tellPassword(admin: NewAdmin | null): void {
  if (admin?.isGuessable) {
    process.stderr.write('ADMIN_PASSWORD is made of words that are guessed first: change it after signing in\n')
  }
  if (!admin?.oneTimePassword) return
  const { username, oneTimePassword } = admin
  process.stdout.write(`first admin ${username}, one-time password ${oneTimePassword} (shown only now)\n`)
}

/** Plain lines for whoever typed `npm start`. */
function announce({ baseUrl, smtpUrl, development }: Config, siteId: string): void {
  const lines = [
    `Turno is running. Open ${baseUrl}/`,
    `  citizens   ${baseUrl}/`,
    `  staff      ${baseUrl}/operatore`,
    `  kiosk      ${baseUrl}/kiosk/${siteId}`,
    `  display    ${baseUrl}/display/${siteId}`,
    `  API        ${baseUrl}/api/v1/openapi.json`,
  ]
  if (smtpUrl === null && development) lines.push(`  mail       ${baseUrl}/dev/mail`)
  process.stdout.write(`${lines.join('\n')}\n`)
}

function watchSignals(stop: () => Promise<void>, log: Log): void {
  const end = (code: number) => () => void stop().finally(() => process.exit(code))
  process.once('SIGTERM', end(0))
  process.once('SIGINT', end(0))
  watchUncaught(log, end(1))
}

try {
  await start()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}
