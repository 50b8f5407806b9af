// `npm test`: everything this machine can run, four runs of mocha at a time, two of them with a browser, which wait
// more than they work: that is what two cores carry. `npm test -- FILE …` is one run of mocha. With `--all`, as `.ci/run` asks: also types, lint, format,
// dead code, and the unit tests in three zones.
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runBeside } from './beside.mjs'

process.chdir(dirname(dirname(fileURLToPath(import.meta.url))))
const mocha = join('node_modules', 'mocha', 'bin', 'mocha.js')
const asked = process.argv.slice(2)
const isAll = asked[0] === '--all'
if (asked.length > 0 && !isAll)
  process.exit(spawnSync(process.execPath, [mocha, ...asked], { stdio: 'inherit' }).status ?? 1)

/** Zones in which what a day is differs from what it is here: https://en.wikipedia.org/wiki/List_of_UTC_offsets */
const ZONES = ['UTC', 'America/New_York', 'Pacific/Auckland']

/** The folders that take longest, longest first; the others follow as they stand. */
const LONG = [
  'process',
  'queue',
  'bookings',
  'staff',
  'platform',
  'restore',
  'cluster',
  'displays',
  'waiting-room',
  'states',
]
const LANES = 2
const MINUTES = 15

const isOfTests = (name) => !name.includes('.') || name.endsWith('.test.ts')
const rank = (name) => (LONG.includes(name) ? LONG.indexOf(name) : LONG.length)
const run = (path) => ({ name: path, command: process.execPath, args: [mocha, path], counts: true })

/** The folders and loose files of `test/{kind}`: each is one run, with one server of each kind. */
const runsOf = (kind) =>
  readdirSync(join('test', kind))
    .filter(isOfTests)
    .sort((one, other) => rank(one) - rank(other))
    .map((name) => run(join('test', kind, name)))

const unit = isAll
  ? ZONES.map((zone) => ({ ...run(join('test', 'unit')), name: `test/unit in ${zone}`, env: { TZ: zone } }))
  : [run(join('test', 'unit'))]
const npm = (name, script) => ({ name, command: 'npm', args: ['run', '--silent', script] })
const checks = isAll
  ? [npm('types', 'types'), npm('lint', 'lint'), npm('format', 'format:check'), npm('dead code', 'unused')]
  : []

const from = performance.now()
const limits = { lanes: LANES, minutes: MINUTES }
const parts = await Promise.all([
  runBeside([...runsOf('integration'), ...unit, ...checks], limits),
  runBeside(runsOf('e2e'), limits),
])
const sum = (key) => parts.reduce((total, part) => total + part[key], 0)
for (const line of new Set(parts.flatMap(({ notices }) => notices))) console.log(line)
console.log(`== all: ${Math.round((performance.now() - from) / 1000)} s`)
console.log(`${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`)
process.exitCode = sum('failed') === 0 ? 0 : 1
