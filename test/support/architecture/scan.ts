import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'

/** A text file of the project; `path` is relative to its root, with `/`. */
export interface SourceFile {
  path: string
  text: string
}

/**
 * One import or re-export. `to` is the path of a file of ours (its `.ts`), or a library's package name or `node:…`;
 * `statement` is its text on one line.
 */
export interface Import {
  from: string
  to: string
  ours: boolean
  statement: string
}

/** Every file under `folder` whose name ends in one of `endings`; nothing when there is no such folder. */
export function readFiles(root: string, folder: string, endings: readonly string[]): SourceFile[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ path: file.slice(root.length + 1).replaceAll('\\', '/'), text: readFileSync(file, 'utf8') }))
}

/** Comments, strings, templates and regular expressions, so that one is not taken for another. */
const TOKENS =
  /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|(?<=[(,=:[!&|?{};\n]\s*)\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*/g

/** The text without comments; lines keep their numbers. */
export const withoutComments = (text: string): string =>
  text.replace(TOKENS, (token) => (/^\/[/*]/.test(token) ? token.replace(/[^\n]/g, '') : token))

/** The text without comments and with every string, template and regular expression emptied: what runs. */
export const codeOnly = (text: string): string =>
  text.replace(TOKENS, (token) =>
    /^\/[/*]/.test(token) ? token.replace(/[^\n]/g, '') : `''${token.replace(/[^\n]/g, '')}`,
  )

const IMPORTS = [
  /\b(?:import|export)\b[^'"`;()]*?\bfrom\s*['"]([^'"]+)['"]/g,
  /\bimport\s*['"]([^'"]+)['"]/g,
  /\bimport\s*\(\s*['"]([^'"]+)['"]/g,
  /\b(?:require|createRequire\([^)]*\))\s*\(\s*['"]([^'"]+)['"]/g,
]

const packageName = (specifier: string): string =>
  specifier.startsWith('node:')
    ? specifier
    : specifier
        .split('/')
        .slice(0, specifier.startsWith('@') ? 2 : 1)
        .join('/')

function target(from: string, [statement, specifier = '']: RegExpMatchArray): Import {
  const ours = specifier.startsWith('.')
  const path = posix.join(posix.dirname(from), specifier).replace(/\.js$/, '.ts')
  return { from, to: ours ? path : packageName(specifier), ours, statement: statement.replace(/\s+/g, ' ') }
}

/** What a file imports, type-only imports included: they are knowledge of another's insides too. */
export function importsOf({ path, text }: SourceFile): Import[] {
  const code = withoutComments(text)
  return IMPORTS.flatMap((pattern) => [...code.matchAll(pattern)].map((match) => target(path, match)))
}
