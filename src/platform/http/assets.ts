import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import express, { Router } from 'express'
import { packedFiles } from './packed-files.js'

const YEAR_MS = 365 * 86_400_000

/** Only what pages ask for: the style sheet, the icons and the fonts of Bootstrap Italia. */
const PARTS = ['css', 'svg', 'fonts']

/**
 * Bootstrap Italia out of its package, below the router's own address: `css/bootstrap-italia.min.css`,
 * `svg/sprites.svg`, `fonts/…`. Views add the version as `?v=`, so that browsers may keep them for a year.
 */
export function makeAssets(): Router {
  const dist = join(dirname(createRequire(import.meta.url).resolve('bootstrap-italia/package.json')), 'dist')
  const router = Router({ caseSensitive: true })
  for (const part of PARTS) {
    const packed = packedFiles(join(dist, part), `public, max-age=${YEAR_MS / 1000}, immutable`)
    router.use(`/${part}`, packed, express.static(join(dist, part), { index: false, immutable: true, maxAge: YEAR_MS }))
  }
  return router
}
