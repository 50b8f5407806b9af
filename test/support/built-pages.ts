import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..')

let isBuilt = false

/** What pages are made of must be there before an app starts: once a run, and half a second when nothing has changed. */
export function buildPages(): void {
  if (!isBuilt) execFileSync(process.execPath, [join(ROOT, 'scripts/bundle.mjs')])
  isBuilt = true
}

/** The addresses of all of it, by name: `citizen.css`. */
export function builtPages(): Record<string, string> {
  buildPages()
  const manifest = JSON.parse(readFileSync(join(ROOT, 'dist/assets/manifest.json'), 'utf8')) as Record<string, string>
  return Object.fromEntries(Object.entries(manifest).map(([name, file]) => [name, `/assets/${file}`]))
}
