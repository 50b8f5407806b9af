import { codeOnly, type SourceFile } from './scan.js'

/** What oxlint has no rule for. `where` leaves files out; `what` is looked for in the text without comments and strings. */
interface TextRule {
  what: RegExp
  why: string
  except?: RegExp
}

const RULES: readonly TextRule[] = [
  {
    what: /\bnew Date\(\s*\)|\bDate\.now\b/,
    why: 'asks the machine for the time: use the injected clock',
    except: /^src\/kernel\/clock\.ts$/,
  },
  { what: /\bDateTime\.(now|local|utc)\(\s*\)/, why: 'asks the machine for the time: use the injected clock' },
  {
    what: /\bprocess\.env\b/,
    why: 'reads the environment: main.ts does, and passes settings down',
    except: /^src\/(main|commands\/[^/]+)\.ts$/,
  },
  { what: /\bconsole\.\w/, why: 'writes to the console: use the log', except: /^src\/(main|commands\/[^/]+)\.ts$/ },
  { what: /\.render\([^)]*\breq\.(body|query|params)\b/, why: 'renders what the visitor sent as options of the view' },
  { what: /\breq(uest)?\.(hostname|host)\b|headers\.host\b/, why: 'believes the Host header: use BASE_URL' },
  {
    what: /\w!:/,
    why: 'asserts that a field is set: only columns of entities may',
    except: /\.entity\.ts$|ownership\.ts$/,
  },
  { what: /\b(em|manager|repository|store)\.save\(/, why: 'save() reads and guesses: use the query builder' },
  { what: /\.orIgnore\(/, why: 'orIgnore hides duplicates differently on each engine: insert and catch' },
  { what: /\bsetInterval\(/, why: 'runs on a timer: jobs do, in platform', except: /^src\/platform\// },
  { what: /\beval\(|\bnew Function\(/, why: 'runs text as a program' },
]

/** Left-overs are looked for in comments too. */
const LEFTOVERS = /\b(TODO|FIXME|XXX|HACK)\b|@ts-(ignore|nocheck)|\bdebugger\b/
const HOST = /\.(get|header)\(\s*['"]host['"]/i
const SQL_CLOCK = /\bCURRENT_TIMESTAMP\b|\bNOW\(\s*\d?\)|\bdatetime\(\s*['"]now/

const lineOf = (text: string, index: number): number => text.slice(0, index).split('\n').length

function search(path: string, text: string, { what, why, except }: TextRule): string[] {
  const found = except?.test(path) ? null : what.exec(text)
  return found ? [`${path}:${lineOf(text, found.index)} ${why}`] : []
}

/** Habits of the house that are visible in a file's text; one line for each breach. */
export const textFaults = (files: readonly SourceFile[]): string[] =>
  files.flatMap(({ path, text }) => [
    ...RULES.flatMap((rule) => search(path, codeOnly(text), rule)),
    ...search(path, text, { what: LEFTOVERS, why: 'a left-over: file an issue instead' }),
    ...search(path, text, { what: HOST, why: 'believes the Host header: use BASE_URL' }),
    ...search(path, text, { what: SQL_CLOCK, why: 'asks the database for the time: use the injected clock' }),
  ])

/** Files longer than `most` lines, blank ones and comments included: a reader scrolls past those too. */
export const sizeFaults = (files: readonly SourceFile[], most: number): string[] =>
  files
    .map(({ path, text }) => ({ path, lines: text.replace(/\n$/, '').split('\n').length }))
    .filter(({ lines }) => lines > most)
    .map(({ path, lines }) => `${path} has ${lines} lines, more than ${most}`)
