// `npm test`: everything this machine can run, three runs of mocha at a time on two cores, since a browser's test waits
// more than it works; then, by themselves, those that flood a process and look how much it can do. A file in which
// something failed is run once more with the machine for itself, and what then passes is named as unsteady: three real
// databases, browsers and clusters on two cores can be slower than any wait that a person would find fair, while what is
// wrong is wrong twice. `npm test -- FILE …` is one run of mocha. With `--all`, as `.ci/run` asks: also types, lint, format, dead code, and the unit tests in three zones.
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { again, runBeside } from './beside.mjs'

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
  'displays',
  'process',
  'waiting-room',
  'queue',
  'bookings',
  'staff',
  'states',
  'journeys',
  'platform',
  'operator',
]
/** What has the machine for itself, at the end. */
const ALONE = 'alone'
const LANES = 3
const MINUTES = 15
/** More files than these do not fail by chance. */
const MOST_AGAIN = 6

/** A file of tests, or a folder that has one. */
const isOfTests = (path) =>
  path.endsWith('.test.ts') ||
  (!path.includes('.') && readdirSync(path, { recursive: true }).some((name) => name.endsWith('.test.ts')))
const rank = ({ folder }) => (LONG.includes(folder) ? LONG.indexOf(folder) : LONG.length)
const run = (path) => ({ name: path, command: process.execPath, args: [mocha, path], counts: true })

/** The folders and loose files: each is one run, with one server of each kind. */
const folders = ['integration', 'e2e']
  .flatMap((kind) => readdirSync(join('test', kind)).map((folder) => ({ folder, path: join('test', kind, folder) })))
  .filter(({ path }) => isOfTests(path))
  .sort((one, other) => rank(one) - rank(other))
const [together, alone] = [false, true].map((isAlone) =>
  folders.filter(({ folder }) => (folder === ALONE) === isAlone).map(({ path }) => run(path)),
)

const unit = isAll
  ? ZONES.map((zone) => ({ ...run(join('test', 'unit')), name: `test/unit in ${zone}`, env: { TZ: zone } }))
  : [run(join('test', 'unit'))]
const npm = (name, script) => ({ name, command: 'npm', args: ['run', '--silent', script] })
const checks = isAll
  ? [npm('types', 'types'), npm('lint', 'lint'), npm('format', 'format:check'), npm('dead code', 'unused')]
  : []

const from = performance.now()
const parts = [
  await runBeside([...together, ...unit, ...checks], { lanes: LANES, minutes: MINUTES }),
  await runBeside(alone, { lanes: 1, minutes: MINUTES }),
]
const failedFiles = parts.flatMap((part) => part.failedFiles)
const second = await again(failedFiles.length <= MOST_AGAIN ? failedFiles : [], (file) => run(file), MINUTES)
const sum = (key) => [...parts, second].reduce((total, part) => total + part[key], 0)
for (const line of new Set([...parts, second].flatMap(({ notices }) => notices))) console.log(line)
for (const { file, titles } of failedFiles)
  console.log(`${second.unsteady.has(file) ? 'Unsteady' : 'Failed'}: ${file}: ${titles}`)
console.log(`== all: ${Math.round((performance.now() - from) / 1000)} s`)
console.log(`${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`)
process.exitCode = sum('failed') === 0 ? 0 : 1
