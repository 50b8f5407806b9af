import { READABLE } from '../kernel/readable.js'
import { selectRows } from '../platform/db/statements.js'
import type { Tx } from '../platform/db/tx.js'
import { BETWEEN } from './mask-codes.js'

const CODE_LENGTH = 8
const CODE = Array.from({ length: CODE_LENGTH }, () => `[${READABLE}]`).join(BETWEEN)
/** Looks ahead, so that of «il codice AC34 F7HQ» each place is tried where a code may begin. */
const MAY_BE = new RegExp(String.raw`(?<![\p{L}\p{N}])(?=(${CODE})(?![\p{L}\p{N}]))`, 'giu')
const NO_PART = /[^A-Z0-9]/g

const codeOf = (spelled: string): string => spelled.toUpperCase().replace(NO_PART, '')

/**
 * A3: a booking's code in what staff write, however spelled, leads to a person as a codice fiscale does. Words such as
 * «mancante» are made of the same letters, so that the bookings decide which of them is a code.
 */
export async function maskBookingCodes({ em }: Tx, text: string): Promise<string> {
  const found = [...text.matchAll(MAY_BE)].map(([, spelled = '']) => spelled)
  if (found.length === 0) return text
  const codes = [...new Set(found.map(codeOf))]
  const places = codes.map(() => '?').join(',')
  const rows = await selectRows<{ code: string }>(em, `SELECT code FROM booking WHERE code IN (${places})`, codes)
  const known = new Set(rows.map(({ code }) => code))
  return found
    .filter((spelled) => known.has(codeOf(spelled)))
    .reduce((masked, spelled) => masked.replaceAll(spelled, '[codice prenotazione]'), text)
}
