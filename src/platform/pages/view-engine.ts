import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import ejs, { type TemplateFunction } from 'ejs'
import { onceEach } from '../../kernel/once-each.js'

type Fields = Record<string, unknown>

interface View {
  write: TemplateFunction
  /** The file that a name stands for in this view. */
  partOf: (name: string) => string
}

/** More than there are views, and names in one of them. */
const MOST = 500

const viewOf = onceEach(MOST, (file: string): View => {
  const folder = dirname(file)
  return {
    write: ejs.compile(readFileSync(file, 'utf8'), { filename: file }),
    partOf: onceEach(MOST, (name: string) => resolve(folder, `${name}.ejs`)),
  }
})

/** EJS would look on the disk for every `include` of every page, forty times a page; ours is found before its own. */
function write(file: string, given: Fields): string {
  const view = viewOf(file)
  const fields: Fields = {
    ...given,
    include: (name: string, more?: Fields) => write(view.partOf(name), { ...fields, ...more }),
  }
  return view.write(fields)
}

/** Express's engine for `.ejs`: every view is read and compiled once. */
export function writeView(file: string, fields: object, done: (error: unknown, page?: string) => void): void {
  try {
    done(null, write(file, fields as Fields))
  } catch (error) {
    done(error)
  }
}
