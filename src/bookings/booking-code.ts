import { randomInt } from 'node:crypto'
import { READABLE } from '../kernel/readable.js'

/** 23^8 ≈ 7.8 × 10^10: a collision is for the unique key to notice. */
export const CODE_LENGTH = 8

export const newBookingCode = (): string =>
  Array.from({ length: CODE_LENGTH }, () => READABLE[randomInt(READABLE.length)]).join('')
