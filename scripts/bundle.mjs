// Builds dist/assets: one style sheet and one script for each kind of page, what we use of Bootstrap Italia, the fonts and
// the icons, each named by its content, so that browsers keep them for good. `manifest.json` says what is called how.
// Does nothing when nothing has changed; several processes may start at once, each builds beside and renames.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { PurgeCSS } from 'purgecss'

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

/** Own scripts of each kind of page. The display's is made for older browsers (src/platform/browser-script.ts). */
const SCRIPTS = {
  page: ['page'],
  slots: ['page', 'slots'],
  ticket: ['page', 'ticket'],
  account: ['account'],
  kiosk: ['kiosk/kiosk'],
  console: ['operator/console'],
  'print-ticket': ['operator/print'],
}

const files = (path) =>
  statSync(path).isDirectory()
    ? readdirSync(path)
        .sort()
        .flatMap((name) => files(join(path, name)))
    : [path]

const isOfPages = (file) => /\.(pages|routes)\.ts$/.test(file)
const code = files(join(root, 'src')).filter(isOfPages)
const sources = [...files(join(root, 'public')), ...files(join(root, 'views')), ...code]

const stamp = createHash('sha256')
for (const file of [fileURLToPath(import.meta.url), join(root, 'package-lock.json'), ...sources])
  stamp.update(relative(root, file)).update(readFileSync(file))
const wanted = stamp.digest('hex')

const place = join(root, 'dist', 'assets')
const stampFile = join(place, '.built-from')
if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted) process.exit(0)

const fresh = join(root, `dist-${process.pid}-assets`)
const old = `${fresh}-old`
mkdirSync(join(fresh, 'entries'), { recursive: true })
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
    .filter((file) => /\.(ejs|js|ts)$/.test(file))
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

function entry(name, text) {
  const file = join(fresh, 'entries', name)
  writeFileSync(file, text)
  return file
}

const cssEntries = Object.entries(SHEETS).map(([kind, sheets]) => {
  const lines = sheets.map((sheet) => {
    const path = relative(join(fresh, 'entries'), join(root, 'public', 'css', `${sheet}.css`))
    return `@import "${path}"${ON_PAPER.includes(sheet) ? ' print' : ''};`
  })
  return entry(`${kind}.css`, lines.join('\n'))
})
const jsEntries = Object.entries(SCRIPTS).map(([kind, scripts]) => {
  const path = (script) => relative(join(fresh, 'entries'), join(root, 'public', 'js', `${script}.js`))
  return entry(`${kind}.js`, scripts.map((script) => `import ${JSON.stringify(path(script))}`).join('\n'))
})

try {
  keep('bootstrap-italia.css', await usedOfItalia())
  keep('sprites.svg', usedIcons())
  keep('favicon.svg', readFileSync(join(root, 'public', 'favicon.svg')))
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [...cssEntries, ...jsEntries],
    outdir: fresh,
    entryNames: '[name].[hash]',
    assetNames: '[name].[hash]',
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    external: ['/socket.io/*'],
    loader: { '.woff2': 'file' },
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
  })
  // For any browser there is: nothing in it is written anew (docs/decisions/018).
  const { outputFiles } = await build({
    entryPoints: [join(root, 'public', 'js', 'display', 'watch.js')],
    minifyWhitespace: true,
    legalComments: 'none',
    write: false,
  })
  keep('watch.js', outputFiles[0].contents)
  for (const [path, { entryPoint }] of Object.entries(metafile.outputs))
    if (entryPoint) manifest[basename(entryPoint)] = basename(path)
  rmSync(join(fresh, 'entries'), { recursive: true })
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
