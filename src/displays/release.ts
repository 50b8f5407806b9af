import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { LANGS, sentences } from '../messages/index.js'

/** What a screen that stays open is made of. */
const PARTS = ['public', 'views/displays', 'views/layout']

/** A short fingerprint of the pages' files and sentences: another one means that open screens are out of date. */
export function releaseOf(root: string): string {
  const hash = createHash('sha256')
  for (const part of PARTS) {
    for (const name of readdirSync(join(root, part), { recursive: true, withFileTypes: true })) {
      if (name.isFile()) hash.update(readFileSync(join(name.parentPath, name.name)))
    }
  }
  for (const lang of LANGS) hash.update(JSON.stringify(sentences(lang, 'display')))
  return hash.digest('hex').slice(0, 16)
}
