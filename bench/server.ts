import { mkdirSync, writeFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { Session } from 'node:inspector/promises'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { DataSource } from 'typeorm'
import { clockFrom } from '../src/kernel/clock.js'
import { readConfig } from '../src/platform/config.js'
import { sqliteFile } from '../src/platform/db/sqlite-file.js'
import { batchedOutput, makeLog } from '../src/platform/log.js'
import { makeApp } from '../src/wiring.js'
import { type BareAnswer, listenBare, listenPlain } from './bare.js'
import { listenBareBoard } from './bare-board.js'
import { bareMariaDb, fewMariaDb } from './bare-mariadb.js'
import { bareSqlite } from './bare-sqlite.js'
import { countRows, folderOf, openFor } from './databases.js'
import { bookHalf, furnish } from './furnish.js'
import { furnishMorning } from './morning.js'
import { hotBody } from './people.js'
import type { Asked, Ready, ReadKind, ServerQuestion, ServerSettings, Writer } from './protocol.js'
import { BOARD_PATHS, BOOKINGS_PATH, DAYS_PATHS, LAST_PERSON, NOW, SLOTS_PATHS } from './scene.js'
import { bareStatements, statementsOf } from './statements.js'
import { Visit } from './visit.js'

/**
 * The server process: the app as `main` builds it – whole middleware, log at the level it ships with – and, on another
 * port, the bare routes. It tells when it is ready, then answers questions.
 */
const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const settings = JSON.parse(process.argv[2] ?? '') as ServerSettings

const config = readConfig({ DATA_DIR: folderOf(settings, 'ours'), RATE_LIMITS: 'off' })
const clock = clockFrom(NOW)
const databases: Partial<Record<Writer, DataSource>> = {}
const ours = await openFor('ours', settings)
Object.assign(databases, { ours, bare: await openFor('bare', settings) })
if (settings.urls) databases.few = await openFor('few', settings)
const parts = {
  config,
  appSecret: 'b'.repeat(32),
  dataSource: ours,
  clock,
  log: makeLog(config.logLevel, batchedOutput()),
}
const app = makeApp({ ...parts, redis: null, root: ROOT })
const { scene, urls } = settings
for (const dataSource of Object.values(databases)) await furnish(dataSource, scene)
if (scene === 'reads') await bookHalf(app)
const morning = scene === 'morning' ? await furnishMorning(app) : null
await new Promise<void>((resolve) => app.http.listen(0, '127.0.0.1', resolve))
const port = (app.http.address() as AddressInfo).port
const url = `http://127.0.0.1:${port}`
const book = urls ? bareMariaDb(urls.bare) : bareSqlite(sqliteFile(folderOf(settings, 'bare')))
const reads = scene === 'reads' ? await whatIsAsked() : null
const answers = reads ? await answersOf(Object.values(reads).flat()) : new Map<string, BareAnswer>()
const portOf = (server: Server): number => (server.address() as AddressInfo).port
const ports: Ready['ports'] = {
  ours: port,
  bare: morning ? await bareBoard() : portOf(await listenBare(answers, book)),
  ...(reads && { plain: portOf(await listenPlain(answers)) }),
  ...(urls && !reads && !morning && { few: portOf(await listenBare(answers, fewMariaDb(urls.few))) }),
}
if (settings.sendMail) app.start()

const ready: Ready = {
  ports,
  reads,
  morning,
  statements: scene === 'bookings' ? { ours: await statementsOfABooking(), bare: bareStatements(urls !== null) } : null,
}
process.send?.(ready)
process.on('message', (question: ServerQuestion) => {
  if (question === 'cpu') process.send?.(cpuMs())
  else if (question === 'memory') process.send?.(process.memoryUsage.rss() / 2 ** 20)
  else void countRows(databases[question] as DataSource).then((rows) => process.send?.(rows))
})

/** Whose bytes are those of a whole board of the app. */
async function bareBoard(): Promise<number> {
  const answer = await fetch(url + (BOARD_PATHS[0] ?? ''))
  return listenBareBoard(await answer.json())
}

/** Processor time of this process so far: what other programs on the machine take does not count. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** The addresses of each read; pages as somebody sees them who has chosen a place. */
async function whatIsAsked(): Promise<Record<ReadKind, Asked[]>> {
  const visit = new Visit(port)
  await visit.choosePlace('site-1')
  const page = (path: string) => [{ path, headers: { cookie: visit.cookie, 'accept-language': 'it' } }]
  const all = (paths: string[]) => paths.map((path) => ({ path }))
  return {
    days: all(DAYS_PATHS),
    slots: all(SLOTS_PATHS),
    board: all(BOARD_PATHS),
    home: page('/'),
    place: page('/prenota'),
    calendar: page('/prenota/data-e-orario'),
  }
}

/** What the app answers to each: the bare routes send the same bytes. */
async function answersOf(asked: readonly Asked[]): Promise<Map<string, BareAnswer>> {
  const answers = asked.map(async ({ path, headers = {} }) => {
    const answer = await fetch(url + path, { headers: { 'accept-encoding': 'identity', ...headers } })
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`)
    const type = answer.headers.get('content-type') ?? ''
    return [path, { type, bytes: Buffer.from(await answer.arrayBuffer()) }] as const
  })
  return new Map(await Promise.all(answers))
}

/** Sites are read again every second: the first booking sees to that, the second shows what each one asks. */
async function statementsOfABooking(): Promise<string[]> {
  await bookOne(LAST_PERSON)
  return statementsOf(ours, () => bookOne(LAST_PERSON + 1))
}

async function bookOne(number: number): Promise<void> {
  const body = hotBody(number)
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
    stop: async () => {
      mkdirSync('var', { recursive: true })
      writeFileSync(settings.profile ?? '', JSON.stringify((await session.post('Profiler.stop')).profile))
    },
  }
}
