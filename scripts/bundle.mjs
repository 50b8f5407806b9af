// Builds dist/assets: one style sheet and one script for each kind of page, what we use of Bootstrap Italia, the fonts and
// the icons, each named by its content, so that browsers keep them for good. `manifest.json` says what is called how.
// Does nothing when nothing has changed; several processes may start at once, each builds beside and renames.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { PurgeCSS } from 'purgecss'
import { filesOf, stampOf } from './sources.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const ITALIA = join(root, 'node_modules', 'bootstrap-italia', 'dist')

/** Own sheets of each kind of page, in their order. */
const SHEETS = {
  citizen: ['fonts', 'turno', 'calendar', 'booking', 'print'],
  ticket: ['fonts', 'turno', 'calendar', 'booking', 'ticket', 'print'],
  staff: ['fonts', 'turno', 'staff'],
  operator: ['fonts', 'turno', 'operator'],
  kiosk: ['fonts', 'turno', 'kiosk'],
  display: ['fonts', 'turno', 'display'],
}
const ON_PAPER = ['print']

/** Own scripts of each kind of page. */
const SCRIPTS = {
  page: ['page'],
  slots: ['page', 'slots'],
  ticket: ['page', 'ticket'],
  account: ['account'],
  kiosk: ['kiosk/kiosk'],
  console: ['operator/console'],
  'print-ticket': ['operator/print'],
}

/** Those of machines on a wall, which nobody brings up to date: each one file for older browsers too (docs/decisions/018). */
const SCREENS = { display: 'display/display', 'shell-worker': 'worker/shell-worker' }
/** Chromium 80 reads it, and a good deal that is older. */
const SCREENS_TARGET = 'es2019'

/** Types are checked by `npm run types`; here they only go. What is built does not depend on settings for tsc. */
const NO_SETTINGS = '{}'

const isOfPages = (file) => /\.(pages|routes)\.ts$/.test(file)
const code = filesOf(join(root, 'src')).filter(isOfPages)
const sources = [...filesOf(join(root, 'public')), ...filesOf(join(root, 'views')), ...code]

const wanted = stampOf(root, [fileURLToPath(import.meta.url), join(root, 'package-lock.json'), ...sources])

const place = join(root, 'dist', 'assets')
const stampFile = join(place, '.built-from')
if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted) process.exit(0)

const fresh = join(root, `dist-${process.pid}-assets`)
const old = `${fresh}-old`
mkdirSync(fresh, { recursive: true })
const manifest = {}

/** Keeps bytes under a name that says what they are. */
function keep(name, bytes) {
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 10)
  const [, stem, ending] = /^(.*)(\.\w+)$/.exec(name)
  manifest[name] = `${stem}.${hash}${ending}`
  writeFileSync(join(fresh, manifest[name]), bytes)
}

/** The rules of Bootstrap Italia that some word in a view, a script or a page's code may mean. */
async function usedOfItalia() {
  const raw = readFileSync(join(ITALIA, 'css', 'bootstrap-italia.min.css'), 'utf8').replace(/\/\*# source.*?\*\//s, '')
  const content = sources
    .filter((file) => /\.(ejs|ts)$/.test(file))
    .map((file) => ({ raw: readFileSync(file, 'utf8'), extension: 'ejs' }))
  // Where the focus is, is shown by rules for any element at all.
  const safelist = { standard: [/focus/], greedy: [/focus/] }
  const [{ css }] = await new PurgeCSS().purge({ content, css: [{ raw }], safelist, fontFace: true, keyframes: true })
  return css
}

/** Of some 400 icons those whose name stands between quotes somewhere. */
function usedIcons() {
  const words = new Set(sources.flatMap((file) => readFileSync(file, 'utf8').match(/'[a-z][a-z-]+'/g) ?? []))
  const all = readFileSync(join(ITALIA, 'svg', 'sprites.svg'), 'utf8')
  const symbols = all.match(/<symbol\b[^>]*\bid="it-[^"]+"[^>]*>.*?<\/symbol>/gs) ?? []
  const used = symbols.filter((symbol) => words.has(`'${/id="it-([^"]+)"/.exec(symbol)?.[1]}'`))
  return `<svg xmlns="http://www.w3.org/2000/svg">${used.join('')}</svg>`
}

const sheet = (name) => `@import "./public/css/${name}.css"${ON_PAPER.includes(name) ? ' print' : ''};`
const script = (name) => `import "./public/js/${name}"`
const entries = new Map([
  ...Object.entries(SHEETS).map(([kind, names]) => [`${kind}.css`, names.map(sheet).join('\n')]),
  ...Object.entries(SCRIPTS).map(([kind, names]) => [`${kind}.js`, names.map(script).join('\n')]),
])

/** Entries that stand in no file: nothing of this machine or process gets into what is built, nor into its names. */
const virtual = {
  name: 'entries',
  setup(build) {
    build.onResolve({ filter: /^entry:/ }, ({ path }) => ({ path: path.slice('entry:'.length), namespace: 'entry' }))
    build.onLoad({ filter: /.*/, namespace: 'entry' }, ({ path }) => ({
      contents: entries.get(path),
      loader: path.endsWith('.css') ? 'css' : 'js',
      resolveDir: root,
    }))
  },
}

try {
  keep('bootstrap-italia.css', await usedOfItalia())
  keep('sprites.svg', usedIcons())
  keep('favicon.svg', readFileSync(join(root, 'public', 'favicon.svg')))
  const { outputFiles: built } = await build({
    absWorkingDir: root,
    entryPoints: [...entries.keys()].map((name) => ({ in: `entry:${name}`, out: name.replace(/\.\w+$/, '') })),
    outdir: fresh,
    assetNames: '[name].[hash]',
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    loader: { '.woff2': 'file' },
    legalComments: 'none',
    logLevel: 'warning',
    write: false,
    plugins: [virtual],
    tsconfigRaw: NO_SETTINGS,
  })
  for (const { path, contents } of built)
    if (entries.has(basename(path))) keep(basename(path), contents)
    else writeFileSync(path, contents)
  const { outputFiles: screens } = await build({
    entryPoints: Object.entries(SCREENS).map(([name, file]) => ({
      in: join(root, 'public/js', `${file}.ts`),
      out: name,
    })),
    outdir: fresh,
    bundle: true,
    minifySyntax: true,
    minifyWhitespace: true,
    format: 'iife',
    target: SCREENS_TARGET,
    legalComments: 'none',
    logLevel: 'warning',
    write: false,
    tsconfigRaw: NO_SETTINGS,
  })
  for (const { path, contents } of screens) keep(basename(path), contents)
  // For any browser there is: nothing in it is written anew (docs/decisions/018).
  const { outputFiles } = await build({
    entryPoints: [join(root, 'public', 'js', 'display', 'watch.ts')],
    tsconfigRaw: NO_SETTINGS,
    minifyWhitespace: true,
    legalComments: 'none',
    write: false,
  })
  keep('watch.js', outputFiles[0].contents)
  writeFileSync(join(fresh, 'manifest.json'), JSON.stringify(manifest, null, 1))
  writeFileSync(join(fresh, '.built-from'), wanted)
} catch (error) {
  rmSync(fresh, { recursive: true, force: true })
  throw error
}
mkdirSync(join(root, 'dist'), { recursive: true })
try {
  if (existsSync(place)) renameSync(place, old)
  renameSync(fresh, place)
} catch {
  // Another process has put the same in place in this moment.
  rmSync(fresh, { recursive: true, force: true })
}
rmSync(old, { recursive: true, force: true })
