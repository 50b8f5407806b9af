import { commonPasswords } from './common-passwords.js'

/** What an attacker tries first: words of the house, or of the person. */
export type OwnWords = readonly string[]

/** Shorter ones are in half of all passwords. */
const SHORTEST = 4
const LONGEST = 30
/** A common password is one of ten thousand, about two characters' worth; a word that belongs to the place, one. */
const WORTH = { own: 1, common: 2, run: 2, year: 1 } as const
/** What so little is left of was made of known words alone. */
const TOO_LITTLE = 4

const FEWEST_SIGNS = 5
/** Of what comes again. */
const LONGEST_UNIT = 5

interface Guess {
  cost: number
  /** The last part, since a word that comes again costs an attacker nothing. */
  last: string
  hasOwn: boolean
  hasKnown: boolean
}

export const isCommon = (password: string): boolean =>
  commonPasswords().has(password.normalize('NFC').toLowerCase()) || commonPasswords().has(plain(password))

/**
 * Whether a password is one of the most common, or made of such, of own words, years and runs like `1234` (A2).
 * @returns the code of the fault; null when it is none of these
 */
export function guessable(password: string, own: OwnWords): 'password-own-words' | 'password-common' | null {
  if (isCommon(password) || isMonotonous(password)) return 'password-common'
  const text = plain(password)
  const words = new Set(own.flatMap(wordsOf))
  const best: Guess[] = [{ cost: 0, last: '', hasOwn: false, hasKnown: false }]
  for (let end = 1; end <= text.length; end++) best.push(bestUntil(text, end, { best, words }))
  const { cost, hasOwn, hasKnown } = best.at(-1) as Guess
  if (!hasKnown || cost > TOO_LITTLE) return null
  return hasOwn ? 'password-own-words' : 'password-common'
}

/** Tried first by any program: few signs, or a few again and again, such as fifteen blanks, `abababab` or `qwertqwert`. */
function isMonotonous(password: string): boolean {
  const signs = [...password.normalize('NFKC').toLowerCase()]
  if (new Set(signs).size < FEWEST_SIGNS) return true
  return [...Array(LONGEST_UNIT).keys()].some((n) => signs.every((sign, at) => sign === signs[at % (n + 1)]))
}

function bestUntil(text: string, end: number, { best, words }: { best: Guess[]; words: Set<string> }): Guess {
  const before = best[end - 1] as Guess
  let found: Guess = { ...before, cost: before.cost + 1, last: '' }
  for (let start = Math.max(0, end - LONGEST); start <= end - SHORTEST; start++) {
    const part = text.slice(start, end)
    const worth = worthOf(part, words)
    const from = best[start] as Guess
    if (worth === null) continue
    const cost = from.cost + (from.last === part ? 0 : worth)
    if (cost < found.cost) found = { cost, last: part, hasOwn: from.hasOwn || words.has(part), hasKnown: true }
  }
  return found
}

function worthOf(part: string, words: Set<string>): number | null {
  if (words.has(part)) return WORTH.own
  if (/^(19|20)\d\d$/.test(part)) return WORTH.year
  if (commonPasswords().has(part)) return WORTH.common
  return isRun(part) ? WORTH.run : null
}

/** `aaaa`, `4321`, `abcd`: always the same step. */
function isRun(part: string): boolean {
  const step = part.charCodeAt(1) - part.charCodeAt(0)
  if (Math.abs(step) > 1) return false
  for (let at = 2; at < part.length; at++) if (part.charCodeAt(at) - part.charCodeAt(at - 1) !== step) return false
  return true
}

/** Lower-case letters and digits alone: `Mario.Rossi` is `mariorossi`. */
const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')

/** `mario.rossi` gives mario, rossi and mariorossi. */
const wordsOf = (text: string): string[] =>
  [plain(text), ...text.split(/[^\p{L}\p{N}]+/u).map(plain)].filter((word) => word.length >= SHORTEST)
