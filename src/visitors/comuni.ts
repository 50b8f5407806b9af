import comuni from './comuni.json' with { type: 'json' }

/** `istat` (6 digits) is the code used everywhere; `cadastral` is the place in a codice fiscale of those born there. */
export interface Comune {
  name: string
  district: string
  istat: string
  cadastral: string
  postcode: string
}

/** The Comuni whose residents may book (K6), by Italian name. */
export const COMUNI: readonly Comune[] = [...comuni].sort((a, b) => a.name.localeCompare(b.name, 'it'))

const byIstat: ReadonlyMap<string, Comune> = new Map(COMUNI.map((comune) => [comune.istat, comune]))

/** Null for every Comune outside the ASST. */
export const comuneByIstat = (code: string): Comune | null => byIstat.get(code) ?? null

/** K6: false for an ISTAT code outside the ASST, which the caller refuses as `not-eligible`. */
export const mayBook = (comune: string): boolean => byIstat.has(comune)
