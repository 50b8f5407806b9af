import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { runAtEnd } from '../test/support/at-end.js'
import { MariaDb } from '../test/support/mariadb.js'
import { howToInstall, isInstalled } from '../test/support/programs.js'
import { removeFolder, temporaryFolder } from '../test/support/servers.js'
import { Helper } from './helper.js'
import {
  type Arm,
  ARMS,
  type Kind,
  type LoadOrder,
  type LoadReport,
  type Ready,
  type ReadKind,
  READS,
  type Rows,
  type ServerSettings,
} from './protocol.js'
import { type Measured, table } from './table.js'

/**
 * `npm run bench`: the app against bare Express routes, arms in turn, one process for both, another for the load.
 * Words choose comparisons (`npm run bench -- reads mariadb`); `--profile` leaves CPU profiles of the server in `var/`.
 */
const words = process.argv.slice(2)
const chosen = (word: string, all: readonly string[]): boolean =>
  words.includes(word) || !all.some((each) => words.includes(each))

/** `--quick` is for looking around, not for figures. */
const isQuick = words.includes('--quick')
const every = (kinds: readonly ReadKind[], amount: number) =>
  Object.fromEntries(kinds.map((kind) => [kind, amount])) as Record<ReadKind, number>
const ROUNDS = isQuick ? 2 : 7
/** Answers of one arm in one round; the round before the first warms up. */
const AMOUNT: Record<Kind, number> = isQuick
  ? { ...every(READS, 5000), home: 1500, place: 1000, calendar: 500, spread: 1500, hot: 1000, walk: 100 }
  : { ...every(READS, 20_000), home: 4000, place: 3000, calendar: 1500, spread: 3000, hot: 2000, walk: 300 }
/** Of the bare route in the same round. */
const GOAL: Record<Kind, number | null> = {
  days: 2,
  slots: 2,
  board: 2,
  home: 0.13,
  place: 0.08,
  calendar: 0.04,
  spread: 1,
  hot: 0.9,
  walk: null,
}
const TITLE: Record<Kind, string> = {
  days: 'month',
  slots: 'slots of a day',
  board: 'board',
  home: 'page: home',
  place: 'page: place',
  calendar: 'page: calendar',
  spread: 'POST bookings, 320 slots',
  hot: 'POST bookings, one slot',
  walk: 'whole booking, page by page',
}
const ENGINES = ['sqlite', 'mariadb'] as const
type Engine = (typeof ENGINES)[number]
const SCENES = { reads: READS, bookings: ['spread', 'hot', 'walk'] } as const satisfies Record<string, readonly Kind[]>
const BOOK: readonly Kind[] = ['spread', 'hot', 'walk']

const say = (line: string): void => void process.stdout.write(`${line}\n`)
const folder = temporaryFolder()
const profile = (name: string): string | null => (words.includes('--profile') ? `var/${name}.cpuprofile` : null)
let persons = 0

/** One answer of every request is right, and the database holds exactly what was answered. @throws Error */
function assertRight(report: LoadReport, { kind, amount }: LoadOrder, rows: Rows | null): void {
  const expected = BOOK.includes(kind) ? '201' : '200'
  const { bookings, taken, mails, audits } = rows ?? { bookings: amount, taken: amount, mails: amount, audits: amount }
  // A walk holds its seat first, which is noted too.
  const counts = kind === 'walk' ? [bookings, taken, mails] : [bookings, taken, mails, audits]
  const wrong = report.errors > 0 || report.statuses[expected] !== amount || Object.keys(report.statuses).length > 1
  if (wrong || rows?.wrongSlots || counts.some((count) => count !== amount)) {
    throw new Error(`wrong answers or rows for ${amount} × ${kind}: ${JSON.stringify({ report, rows })}`)
  }
}

/** @throws Error when the bare route no longer asks the database what the app asks it */
function assertSame({ ours, bare }: Record<Arm, string[]>): void {
  say(`statements of a booking: ${ours.join(', ')}`)
  if (ours.join() !== bare.join()) throw new Error(`the bare route makes other statements: ${bare.join(', ')}`)
}

const grown = (before: Rows, after: Rows): Rows => ({
  bookings: after.bookings - before.bookings,
  taken: after.taken - before.taken,
  mails: after.mails - before.mails,
  audits: after.audits - before.audits,
  wrongSlots: after.wrongSlots,
})

/** Every round measures both arms next to each other, each first in every second round. */
async function compare(
  kind: Kind,
  { server, load, ready }: { server: Helper; load: Helper; ready: Ready },
  name: string,
): Promise<Measured> {
  const measured: Measured = {
    title: name,
    goal: GOAL[kind],
    perSecond: { ours: [], bare: [] },
    p99Ms: { ours: [], bare: [] },
    cpuUs: { ours: [], bare: [] },
  }
  const round = async (arm: Arm): Promise<LoadReport & { cpuUs: number }> => {
    const asked = ready.reads?.[kind as ReadKind] ?? []
    const order: LoadOrder = { kind, port: ready.ports[arm], amount: AMOUNT[kind], from: persons, asked }
    persons += order.amount
    const before = asked.length > 0 ? null : await server.ask<Rows>(arm)
    const cpuBefore = await server.ask<number>('cpu')
    const report = await load.ask<LoadReport>(order)
    const cpuUs = (((await server.ask<number>('cpu')) - cpuBefore) / order.amount) * 1000
    assertRight(report, order, before && grown(before, await server.ask<Rows>(arm)))
    return { ...report, cpuUs }
  }
  const arms = kind === 'walk' ? (['ours'] as const) : ARMS
  for (let number = 0; number <= ROUNDS; number++) {
    const told: string[] = []
    for (const arm of number % 2 === 0 ? arms : [...arms].reverse()) {
      const { perSecond, p99Ms, cpuUs } = await round(arm)
      told.push(`${arm} ${Math.round(perSecond)}/s ${Math.round(cpuUs)} µs`)
      if (number === 0) continue
      measured.perSecond[arm].push(perSecond)
      measured.p99Ms[arm].push(p99Ms)
      measured.cpuUs[arm].push(cpuUs)
    }
    say(`${name}: ${number === 0 ? 'warm-up' : `round ${number} of ${ROUNDS}`}, ${told.sort().reverse().join(', ')}`)
  }
  return measured
}

async function runScene(scene: ServerSettings['scene'], engine: Engine, mariadb: MariaDb | null): Promise<Measured[]> {
  const urls = mariadb && { ours: await mariadb.freshDatabaseUrl(), bare: await mariadb.freshDatabaseUrl() }
  const name = `${scene}-${engine}`
  const settings = {
    scene,
    dataDir: join(folder, name),
    urls,
    sendMail: words.includes('--mail'),
    profile: profile(name),
  } satisfies ServerSettings
  say(`${scene} on ${engine}: preparing two databases`)
  const server = new Helper('server', join(folder, 'server.log'), [JSON.stringify(settings)])
  const load = new Helper('load', join(folder, 'load.log'))
  const ready = await server.hear<Ready>()
  if (ready.statements) assertSame(ready.statements)
  const measured: Measured[] = []
  for (const kind of SCENES[scene])
    measured.push(await compare(kind, { server, load, ready }, `${TITLE[kind]}, ${engine}`))
  await Promise.all([server.end(), load.end()])
  return measured
}

async function main(): Promise<void> {
  const hasMariaDb = isInstalled('MariaDB')
  const mariadb = hasMariaDb && chosen('mariadb', ENGINES) ? await MariaDb.create() : null
  const all: Measured[] = []
  for (const engine of ENGINES.filter((each) => chosen(each, ENGINES))) {
    if (engine === 'mariadb' && !mariadb) continue
    for (const scene of ['reads', 'bookings'] as const) {
      if (chosen(scene, ['reads', 'bookings']))
        all.push(...(await runScene(scene, engine, engine === 'mariadb' ? mariadb : null)))
    }
  }
  const [cpu] = cpus()
  say(
    `\n${cpus().length} × ${cpu?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}; ${ROUNDS} rounds\n`,
  )
  say(table(all))
  if (!hasMariaDb) say(`\nSQLite only: MariaDB is not installed (${howToInstall('MariaDB')}).`)
}

try {
  await main()
} catch (error) {
  console.error(error)
  process.exitCode = 1
} finally {
  await runAtEnd()
  removeFolder(folder)
}
process.exit()
