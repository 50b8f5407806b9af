import { withoutSeparators } from '../kernel/typed-text.js'

/** E.164: at most 15 digits after the international prefix. */
const NUMBER = /^(?:\+|00)?\d{6,15}$/
/** As many digits as the shortest number has: what stands before a slash as in 02/1234567 has fewer. */
const SHORTEST = 6
const TOO_MANY = /^\+?\d{16,}$/
const MARKS = /[./()]/g
/** What never stands inside a number, or begins the next. */
const BESIDE = /\n|[^\d\s\p{Cf}\p{Pd}().\u2212]/u

/**
 * A telephone number as Italians write it, 02/1234567 or (02) 123.4567 included: what only separates is dropped. Two
 * numbers are never glued together: whoever calls could reach neither.
 * @returns null when nothing is written
 */
export function readPhone(typed: string): { number: string } | { fault: 'format' | 'two' } | null {
  const number = withoutSeparators(typed).replace(MARKS, '')
  if (number === '') return null
  if (numbersIn(typed) > 1 || TOO_MANY.test(number)) return { fault: 'two' }
  return NUMBER.test(number) ? { number } : { fault: 'format' }
}

const numbersIn = (typed: string): number =>
  typed.split(BESIDE).filter((part) => part.replace(/\D/g, '').length >= SHORTEST).length
