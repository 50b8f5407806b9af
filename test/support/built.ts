import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..')

const ran = new Set<string>()

/** Once a run, and half a second when nothing has changed. */
function once(script: string): void {
  if (!ran.has(script)) execFileSync(process.execPath, [join(ROOT, 'scripts', script)])
  ran.add(script)
}

/** What pages are made of must be there before an app starts. */
export const buildPages = (): void => once('bundle.mjs')

/** All that a process of its own needs. */
export const build = (): void => once('build.mjs')

/** The addresses of all of it, by name: `citizen.css`. */
export function builtPages(): Record<string, string> {
  buildPages()
  const manifest = JSON.parse(readFileSync(join(ROOT, 'dist/assets/manifest.json'), 'utf8')) as Record<string, string>
  return Object.fromEntries(Object.entries(manifest).map(([name, file]) => [name, `/assets/${file}`]))
}
