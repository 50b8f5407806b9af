import { randomInt } from 'node:crypto'

/** No 0/O, 1/I/L, 2/Z, 5/S, 8/B, U/V: read aloud or copied by hand they would be taken for each other. */
const ALPHABET = '34679ACDEFGHJKMNPQRTWXY'

/** 23^8 ≈ 7.8 × 10^10: a collision is for the unique key to notice. */
export const CODE_LENGTH = 8

export const newBookingCode = (): string =>
  Array.from({ length: CODE_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
