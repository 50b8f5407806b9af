import type { LocalDay } from '../kernel/local-day.js'

// Ours, because neither library measured would do. @marketto/codice-fiscale-utils 3.1.3 judges our vectors rightly, but
// says only yes or no, dates by the machine's clock, lacks a package its types import and brings dayjs (13 ms to load);
// codice-fiscale-js 2.4.0 accepts 30 February, day 00 and impossible names, and is licensed CC BY-SA.

export type CodiceFiscaleFault = 'format' | 'date' | 'checkLetter'

const DIGIT = '[0-9LMNPQRSTUV]'
/** DM 23 December 1976: surname, name, year, month, day (+40 for women), place (Z: abroad), check letter. */
const FORM = new RegExp(`^[A-Z]{6}${DIGIT}{2}[A-EHLMPRST]${DIGIT}{2}[A-Z]${DIGIT}{3}[A-Z]$`)
/** Surname and name give their consonants, then vowels, then X for what is missing. */
const NAME_LETTERS = /^[B-DF-HJ-NP-TV-Z]{0,3}[AEIOU]{0,3}X{0,3}$/
const MONTHS = 'ABCDEHLMPRST'
const OMOCODIA = 'LMNPQRSTUV'
/** Weights of odd positions: of 0–9, and of A–Z, whose first ten are the same. */
const ODD_WEIGHTS = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23]

interface BirthParts {
  /** Two digits: the code does not say the century. */
  year: number
  month: number
  day: number
}

/** What is wrong with 16 upper-case letters and digits as a codice fiscale; null when nothing is. */
export function codiceFiscaleFault(code: string): CodiceFiscaleFault | null {
  if (!FORM.test(code)) return 'format'
  if (!NAME_LETTERS.test(code.slice(0, 3)) || !NAME_LETTERS.test(code.slice(3, 6))) return 'format'
  const { year, month, day } = birthParts(code)
  // 2000 + year is the century with more days: 1900 was no leap year, 2000 was.
  if (day < 1 || day > daysIn(2000 + year, month)) return 'date'
  return code[15] === checkLetter(code) ? null : 'checkLetter'
}

/** The places of digits, where omocodia may put letters. */
const DIGIT_PLACES = new Set([6, 7, 9, 10, 12, 13, 14])

/** The same person's code before omocodia: digits where letters stand for them, and the check letter that follows. */
export function withoutOmocodia(code: string): string {
  const digits = Array.from(code.slice(0, 15), (char, place) =>
    DIGIT_PLACES.has(place) && OMOCODIA.includes(char) ? String(OMOCODIA.indexOf(char)) : char,
  ).join('')
  return digits + checkLetter(digits)
}

/** The letter that the first 15 characters, omocodia letters included, ask for as 16th. */
export function checkLetter(code: string): string {
  let sum = 0
  for (const [index, char] of Array.from(code.slice(0, 15)).entries()) {
    const rank = /\d/.test(char) ? Number(char) : char.charCodeAt(0) - 65
    sum += index % 2 === 0 ? (ODD_WEIGHTS[rank] ?? 0) : rank
  }
  return String.fromCharCode(65 + (sum % 26))
}

/**
 * The latest day not after `today` that a valid codice fiscale may mean; null if there is none. Nobody over 100 can be
 * told from a child by the code alone: born on 1926-01-05 reads as 2026-01-05 from that day on, so a person must look.
 */
export function latestBirthDate(code: string, today: LocalDay): LocalDay | null {
  const { year, month, day } = birthParts(code)
  const century = Math.floor(Number(today.slice(0, 4)) / 100) * 100
  for (const full of [century + year, century - 100 + year]) {
    const born = `${full}-${twoDigits(month)}-${twoDigits(day)}`
    if (day <= daysIn(full, month) && born <= today) return born
  }
  return null
}

function birthParts(code: string): BirthParts {
  const written = numberAt(code, 9)
  return {
    year: numberAt(code, 6),
    month: MONTHS.indexOf(code.charAt(8)) + 1,
    day: written > 40 ? written - 40 : written,
  }
}

/** Two digits of the code; where two people would share a code, letters stand for digits (omocodia). */
const numberAt = (code: string, start: number): number =>
  Number(code.slice(start, start + 2).replace(/[A-Z]/g, (letter) => String(OMOCODIA.indexOf(letter))))

const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate()

const twoDigits = (value: number): string => String(value).padStart(2, '0')
