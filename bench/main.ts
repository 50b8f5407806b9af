import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { runAtEnd } from '../test/support/at-end.js'
import { MariaDb } from '../test/support/mariadb.js'
import { howToInstall, isInstalled } from '../test/support/programs.js'
import { removeFolder, temporaryFolder } from '../test/support/servers.js'
import { Helper } from './helper.js'
import { KINDS, RIVALS, type Scene, SCENES } from './kinds.js'
import type { Arm, Kind, LoadOrder, LoadReport, Ready, ReadKind, Rows, ServerSettings, Writer } from './protocol.js'
import { BOOKINGS } from './protocol.js'
import { keepResults } from './results.js'
import { type Measured, none, table } from './table.js'

/**
 * `npm run bench`: the app against bare routes, arms in turn, one process for all, another for the load. Words choose
 * scenes, kinds and engines (`npm run bench -- reads mariadb`, `npm run bench -- first keyed`); `--profile` leaves CPU profiles of the server in `var/`, which it makes.
 */
const words = process.argv.slice(2)
const chosen = (word: string, all: readonly string[]): boolean =>
  words.includes(word) || !all.some((each) => words.includes(each))

/** `--quick` is for looking around, not for figures: it keeps nothing. */
const isQuick = words.includes('--quick')
const ROUNDS = isQuick ? 2 : 7
const ENGINES = ['sqlite', 'mariadb'] as const
type Engine = (typeof ENGINES)[number]
const BOOK: readonly Kind[] = [...BOOKINGS, 'walk']
const MOST_MB = 160

const say = (line: string): void => void process.stdout.write(`${line}\n`)
const folder = temporaryFolder()
const profile = (name: string): string | null => (words.includes('--profile') ? `var/${name}.cpuprofile` : null)
// Those before have booked what is read.
let persons = 100_000

/** How often each status may come, and how many are booked then. */
function expected({ kind, amount }: LoadOrder): { statuses: Record<string, number>; booked: number } {
  if (kind === 'race') {
    const booked = amount / RIVALS
    return { statuses: { 201: booked, 409: amount - booked }, booked }
  }
  return { statuses: { [BOOK.includes(kind) || kind === 'check-in' ? 201 : 200]: amount }, booked: amount }
}

/** Every request was answered rightly, and the database holds exactly what was answered. @throws Error */
function assertRight(report: LoadReport, order: LoadOrder, rows: Rows | null): void {
  const { statuses, booked } = expected(order)
  const { bookings, taken, mails, audits } = rows ?? { bookings: booked, taken: booked, mails: booked, audits: booked }
  // A walk holds its seat first, which is noted too.
  const counts = order.kind === 'walk' ? [bookings, taken, mails] : [bookings, taken, mails, audits]
  const wrong = report.errors > 0 || JSON.stringify(report.statuses) !== JSON.stringify(statuses)
  if (wrong || rows?.wrongSlots || counts.some((count) => count !== booked)) {
    throw new Error(`wrong answers or rows for ${order.amount} × ${order.kind}: ${JSON.stringify({ report, rows })}`)
  }
}

/** @throws Error when the bare route no longer asks the database what the app asks it */
function assertSame({ ours, bare }: NonNullable<Ready['statements']>): void {
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

/** Every round measures all arms next to each other, in turn from the first and from the last. */
async function compare(
  kind: Kind,
  { server, load, ready }: { server: Helper; load: Helper; ready: Ready },
  engine: Engine,
): Promise<Measured> {
  const { title, goal, amount, quick, arms } = KINDS[kind]
  const name = `${title}, ${engine}`
  const measured: Measured = {
    kind,
    engine,
    title: name,
    goal,
    perSecond: none(),
    p50Ms: none(),
    p99Ms: none(),
    cpuUs: none(),
  }
  const round = async (arm: Arm, number: number): Promise<LoadReport & { cpuUs: number }> => {
    const asked = ready.reads?.[kind as ReadKind] ?? []
    const port = ready.ports[arm] ?? 0
    const sizes = { amount: isQuick ? quick : amount, from: persons, round: number }
    const order: LoadOrder = { kind, arm, port, asked, morning: ready.morning, ...sizes }
    persons += order.amount
    const rows = () => (BOOK.includes(kind) ? server.ask<Rows>(arm as Writer) : null)
    const before = await rows()
    const cpuBefore = await server.ask<number>('cpu')
    const report = await load.ask<LoadReport>(order)
    const cpuUs = (((await server.ask<number>('cpu')) - cpuBefore) / order.amount) * 1000
    const after = await rows()
    assertRight(report, order, before && after && grown(before, after))
    return { ...report, cpuUs }
  }
  const here = arms.filter((arm) => ready.ports[arm] !== undefined)
  for (let number = 0; number <= ROUNDS; number++) {
    const told = new Map<Arm, string>()
    for (const arm of number % 2 === 0 ? here : [...here].reverse()) {
      const { perSecond, p50Ms, p99Ms, cpuUs } = await round(arm, number)
      told.set(arm, `${arm} ${Math.round(perSecond)}/s ${Math.round(cpuUs)} µs`)
      if (number === 0) continue
      for (const [of, value] of Object.entries({ perSecond, p50Ms, p99Ms, cpuUs }))
        measured[of as 'perSecond'][arm].push(value)
    }
    const all = here.map((arm) => told.get(arm)).join(', ')
    say(`${name}: ${number === 0 ? 'warm-up' : `round ${number} of ${ROUNDS}`}, ${all}`)
  }
  return measured
}

async function runScene(scene: Scene, engine: Engine, mariadb: MariaDb | null): Promise<Measured[]> {
  const fresh = (on: MariaDb) => on.freshDatabaseUrl()
  const urls = mariadb && { ours: await fresh(mariadb), bare: await fresh(mariadb), few: await fresh(mariadb) }
  const name = `${scene}-${engine}`
  const settings = {
    scene,
    dataDir: join(folder, name),
    urls,
    sendMail: words.includes('--mail'),
    profile: profile(name),
  } satisfies ServerSettings
  say(`${scene} on ${engine}: preparing its databases`)
  const server = new Helper('server', join(folder, 'server.log'), [JSON.stringify(settings)])
  const load = new Helper('load', join(folder, 'load.log'))
  const ready = await server.hear<Ready>()
  if (ready.statements) assertSame(ready.statements)
  const measured: Measured[] = []
  for (const kind of SCENES[scene].filter((each) => chosen(each, SCENES[scene])))
    measured.push(await compare(kind, { server, load, ready }, engine))
  const memory = Math.round(await server.ask<number>('memory'))
  say(`memory of the server process, all arms in it: ${memory} MB (goal of the app alone: ${MOST_MB})`)
  await Promise.all([server.end(), load.end()])
  return measured
}

async function main(): Promise<void> {
  const hasMariaDb = isInstalled('MariaDB')
  const mariadb = hasMariaDb && chosen('mariadb', ENGINES) ? await MariaDb.create() : null
  const all: Measured[] = []
  const scenes = Object.keys(SCENES) as Scene[]
  for (const engine of ENGINES.filter((each) => chosen(each, ENGINES))) {
    if (engine === 'mariadb' && !mariadb) continue
    for (const scene of scenes) {
      const isNamed = SCENES[scene].some((kind) => words.includes(kind))
      const isAnyNamed = Object.values(SCENES)
        .flat()
        .some((kind) => words.includes(kind))
      if (isNamed || (chosen(scene, scenes) && !isAnyNamed))
        all.push(...(await runScene(scene, engine, engine === 'mariadb' ? mariadb : null)))
    }
  }
  const [cpu] = cpus()
  const machine = `${cpus().length} × ${cpu?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}`
  say(`\n${machine}; ${ROUNDS} rounds\n`)
  say(table(all))
  if (!isQuick) say(`\nkept in ${keepResults({ machine, rounds: ROUNDS, all })}`)
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
