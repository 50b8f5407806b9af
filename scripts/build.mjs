// Builds dist/ when a source is newer than the last build. Several processes may start at once: each builds beside
// dist/ and puts its result in place by renaming, so nobody ever loads half a build.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { filesOf, stampOf } from './sources.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const SOURCES = ['src', 'migrations', 'ormconfig.ts', 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json']
const stampFile = join(root, 'dist', '.built-from')

const wanted = stampOf(
  root,
  SOURCES.flatMap((name) => filesOf(join(root, name))),
)

if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted) bundle()

/** The pages' style sheets and scripts, which change by themselves. */
function bundle() {
  const { status } = spawnSync(process.execPath, [join(root, 'scripts', 'bundle.mjs')], { stdio: 'inherit' })
  process.exit(status ?? 1)
}

const fresh = join(root, `dist-${process.pid}`)
const old = join(root, `dist-${process.pid}-old`)
const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
const built = spawnSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.build.json'), '--outDir', fresh], {
  stdio: 'inherit',
})
if (built.status !== 0) {
  rmSync(fresh, { recursive: true, force: true })
  process.exit(built.status ?? 1)
}
writeFileSync(join(fresh, '.built-from'), wanted)
try {
  if (existsSync(join(root, 'dist', 'assets')))
    cpSync(join(root, 'dist', 'assets'), join(fresh, 'assets'), { recursive: true })
  if (existsSync(join(root, 'dist'))) renameSync(join(root, 'dist'), old)
  renameSync(fresh, join(root, 'dist'))
} catch {
  // Another process has put the same build in place in this moment.
  rmSync(fresh, { recursive: true, force: true })
}
rmSync(old, { recursive: true, force: true })
bundle()
