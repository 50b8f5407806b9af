import { type AppError, notAllowed } from '../kernel/app-error.js'
import type { LocalDay } from '../kernel/local-day.js'
import { birthDateOf, readTaxCode } from '../visitors/index.js'

/**
 * W4: looks at the child's codice fiscale and forgets it. Only the code that carries a birth date can show that a child
 * is under one year; the others are not a newborn's.
 * @returns null when it is right, else not-allowed `newborn-tax-code-required`, `invalid` (field) or `not-a-newborn`
 */
export function newbornFault(typed: string | null, today: LocalDay): AppError | null {
  if (typed === null || typed.trim() === '') return notAllowed('newborn-tax-code-required')
  const read = readTaxCode(typed)
  if (typeof read === 'string') {
    return notAllowed('invalid', { errors: [{ field: 'newbornTaxCode', code: `taxCode.${read}` }] })
  }
  const born = birthDateOf(read, today)
  return born !== null && today < firstBirthday(born) ? null : notAllowed('not-a-newborn')
}

/** Of a child born on 29 February it is a day that does not exist; as text it still lies between 28 Feb and 1 March. */
const firstBirthday = (born: LocalDay): LocalDay => `${Number(born.slice(0, 4)) + 1}${born.slice(4)}`
