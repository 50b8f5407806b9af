import { writeFileSync } from 'node:fs'
import { Session } from 'node:inspector/promises'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { clockFrom } from '../src/kernel/clock.js'
import { readConfig } from '../src/platform/config.js'
import { sqliteFile } from '../src/platform/db/sqlite-file.js'
import { batchedOutput, makeLog } from '../src/platform/log.js'
import { makeApp } from '../src/wiring.js'
import { listenBare } from './bare.js'
import { bareMariaDb } from './bare-mariadb.js'
import { bareSqlite } from './bare-sqlite.js'
import { countRows, folderOf, openFor } from './databases.js'
import { bookHalf, furnish } from './furnish.js'
import { bookingBody } from './people.js'
import type { Ready, ServerQuestion, ServerSettings } from './protocol.js'
import { BOOKINGS_PATH, DAYS_PATHS, LAST_PERSON, NOW } from './scene.js'
import { bareStatements, statementsOf } from './statements.js'

/**
 * The server process: the app as `main` builds it – whole middleware, log at the level it ships with – and, on another
 * port, the bare routes. It tells when it is ready, then answers questions.
 */
const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const settings = JSON.parse(process.argv[2] ?? '') as ServerSettings

const config = readConfig({ DATA_DIR: folderOf(settings, 'ours'), RATE_LIMITS: 'off' })
const clock = clockFrom(NOW)
const databases = { ours: await openFor('ours', settings), bare: await openFor('bare', settings) }
const parts = {
  config,
  appSecret: 'b'.repeat(32),
  dataSource: databases.ours,
  clock,
  log: makeLog(config.logLevel, batchedOutput()),
}
const app = makeApp({ ...parts, redis: null, root: ROOT })
const { scene, urls } = settings
for (const dataSource of Object.values(databases)) await furnish(dataSource, scene)
if (scene === 'days') await bookHalf(app)
await new Promise<void>((resolve) => app.http.listen(0, '127.0.0.1', resolve))
const port = (app.http.address() as AddressInfo).port
const url = `http://127.0.0.1:${port}`
const book = urls ? bareMariaDb(urls.bare) : bareSqlite(sqliteFile(folderOf(settings, 'bare')))
const bare = await listenBare(await monthAnswers(), book)
if (settings.sendMail) app.start()

const ready: Ready = {
  ports: { ours: port, bare: (bare.address() as AddressInfo).port },
  statements: scene === 'days' ? null : { ours: await statementsOfABooking(), bare: bareStatements(urls !== null) },
}
process.send?.(ready)
process.on('message', (question: ServerQuestion) => {
  if (question === 'cpu') process.send?.(cpuMs())
  else void countRows(databases[question]).then((rows) => process.send?.(rows))
})

/** Processor time of this process so far: what other programs on the machine take does not count. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** What the app answers to each month view: the bare route sends the same bytes. */
async function monthAnswers(): Promise<Map<string, Buffer>> {
  const answers = DAYS_PATHS.map(async (path) => {
    const answer = await fetch(url + path)
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`)
    return [path, Buffer.from(await answer.arrayBuffer())] as const
  })
  return new Map(await Promise.all(answers))
}

/** Sites are read again every second: the first booking sees to that, the second shows what each one asks. */
async function statementsOfABooking(): Promise<string[]> {
  await bookOne(LAST_PERSON)
  return statementsOf(databases.ours, () => bookOne(LAST_PERSON + 1))
}

async function bookOne(number: number): Promise<void> {
  const body = bookingBody(number, 'hot')
  const answer = await fetch(url + BOOKINGS_PATH, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  })
  if (answer.status !== 201) throw new Error(`a booking was answered with ${answer.status}: ${await answer.text()}`)
}

const profiler = settings.profile === null ? null : await startProfiling()
process.once('disconnect', () => {
  void profiler?.stop().finally(() => process.exit())
  if (!profiler) process.exit()
})

/** A CPU profile of what happens under load, for Chromium's developer tools. */
async function startProfiling(): Promise<{ stop(): Promise<void> }> {
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.start')
  return {
    stop: async () =>
      writeFileSync(settings.profile ?? '', JSON.stringify((await session.post('Profiler.stop')).profile)),
  }
}
