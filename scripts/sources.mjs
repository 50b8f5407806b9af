import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'

/** Every file of a folder, in an order that is the same everywhere; of a file, itself. */
export const filesOf = (path) =>
  statSync(path).isDirectory()
    ? readdirSync(path)
        .sort()
        .flatMap((name) => filesOf(join(path, name)))
    : [path]

/** What the files are called and what is in them, as one short text: another one means that something has changed. */
export function stampOf(root, files) {
  const stamp = createHash('sha256')
  for (const file of files) stamp.update(relative(root, file)).update(readFileSync(file))
  return stamp.digest('hex')
}
