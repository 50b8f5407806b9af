import type { LocalDay } from '../kernel/local-day.js'
import { withoutSeparators } from '../kernel/typed-text.js'
import { type CodiceFiscaleFault, codiceFiscaleFault, latestBirthDate, withoutOmocodia } from './codice-fiscale.js'

/** `stp` and `eni` are the health codes of foreigners without a codice fiscale, `provisional` the 11-digit one. */
export type TaxCodeKind = 'codice-fiscale' | 'provisional' | 'stp' | 'eni'

/** `value` is upper-case, without spaces: the only form that is compared, hashed or stored. */
export interface TaxCode {
  kind: TaxCodeKind
  value: string
}

/** What the person has to look at: each has its sentence under `visitor.taxCode` in `messages`. */
export type TaxCodeFault = CodiceFiscaleFault | 'characters' | 'length' | 'foreign' | 'checkDigit'

/** Longer than any code typed with spaces between all its characters. */
const MAX_TYPED = 64

/** Reads any of the four identifiers (domain.md) as people type, paste or scan them; a fault is a plain string. */
export function readTaxCode(text: string): TaxCode | TaxCodeFault {
  if (text.length > MAX_TYPED) return 'length'
  const typed = withoutSeparators(text)
  // Before upper-casing, which would turn letters of other alphabets (ı, ſ) into ours.
  if (!/^[A-Za-z0-9]*$/.test(typed)) return 'characters'
  const value = typed.toUpperCase()
  if (/^\d{11}$/.test(value)) return hasLuhnDigit(value) ? { kind: 'provisional', value } : 'checkDigit'
  if (value.length !== 16) return 'length'
  if (/^(?:STP|ENI)\d/.test(value)) return readForeign(value)
  return codiceFiscaleFault(value) ?? { kind: 'codice-fiscale', value }
}

/** Of a code that `visitorForm` has read. @throws Error for what is none */
export function taxCodeKind(value: string): TaxCodeKind {
  const read = readTaxCode(value)
  if (typeof read === 'string') throw new Error('not a tax code')
  return read.kind
}

/** One code for each person (K5): the variants that omocodia makes of a codice fiscale are written as it was first. */
export function canonicalTaxCode(value: string): string {
  const read = readTaxCode(value)
  return typeof read !== 'string' && read.kind === 'codice-fiscale' ? withoutOmocodia(read.value) : value
}

/**
 * The birth date in a codice fiscale, two-digit year resolved to the latest century that is not after `today` – which
 * takes a centenarian for a child (see `latestBirthDate`); null for the kinds that carry no date.
 */
export const birthDateOf = (taxCode: TaxCode, today: LocalDay): LocalDay | null =>
  taxCode.kind === 'codice-fiscale' ? latestBirthDate(taxCode.value, today) : null

function readForeign(value: string): TaxCode | TaxCodeFault {
  if (!/^...\d{13}$/.test(value)) return 'foreign'
  return { kind: value.startsWith('STP') ? 'stp' : 'eni', value }
}

/** The 11th digit closes a Luhn sum: every second digit is doubled, and a double's digits are added up. */
function hasLuhnDigit(value: string): boolean {
  let sum = 0
  for (const [index, char] of Array.from(value).entries()) {
    const weighted = Number(char) * (index % 2 === 0 ? 1 : 2)
    sum += weighted > 9 ? weighted - 9 : weighted
  }
  return sum % 10 === 0
}
