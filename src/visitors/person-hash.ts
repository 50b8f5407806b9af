import { canonicalTaxCode } from './tax-code.js'

/** K5's key of a person: a codice fiscale and its omocodia variants are one (T40). `taxCode` as `visitorForm` reads it. */
export const personHashOf = (secrets: { personHash(taxCode: string): string }, taxCode: string): string =>
  secrets.personHash(canonicalTaxCode(taxCode))

/** The same person as each of our secrets knows them, today's first: for looking up (docs/decisions/025). */
export const personHashesOf = (
  { all }: { all: readonly { personHash(taxCode: string): string }[] },
  taxCode: string,
): string[] => all.map((secret) => personHashOf(secret, taxCode))
