import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import express, { Router } from 'express'
import { packedFiles } from '../http/packed-files.js'

const YEAR_MS = 365 * 86_400_000

/** Style sheets, scripts, fonts and icons of pages, named by what is in them: so a browser asks for each once. */
export interface Bundles {
  /** The address of what `scripts/bundle.mjs` calls `citizen.css` or `slots.js`. @throws Error for what it never made */
  asset(name: string): string
  /** The same as text, for who serves it at an address that never changes. @throws Error for what it never made */
  text(name: string): string
  /** Below `/assets`. */
  router: Router
}

/**
 * @param folder `dist/assets`, as scripts/bundle.mjs fills it
 * @throws Error that says what to do, when nothing was built
 */
export function openBundles(folder: string): Bundles {
  const manifest = readManifest(join(folder, 'manifest.json'))
  const router = Router({ caseSensitive: true })
  const packed = packedFiles(folder, `public, max-age=${YEAR_MS / 1000}, immutable`)
  router.use(packed, express.static(folder, { index: false, immutable: true, maxAge: YEAR_MS }))
  const fileOf = (name: string): string => {
    const file = manifest[name]
    if (file === undefined) throw new Error(`no page asset is called ${name} (scripts/bundle.mjs)`)
    return file
  }
  return {
    router,
    asset: (name) => `/assets/${fileOf(name)}`,
    text: (name) => readFileSync(join(folder, fileOf(name)), 'utf8'),
  }
}

function readManifest(file: string): Record<string, string> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>
  } catch {
    throw new Error('The style sheets and scripts of the pages are not built. Run `npm run build`, then start again.')
  }
}
