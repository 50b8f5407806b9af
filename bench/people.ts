import { checkLetter } from '../src/visitors/codice-fiscale.js'
import type { BookingKind } from './protocol.js'
import { HOT, SERVICE, type Slot, SPREAD } from './scene.js'

const CONSONANTS = 'BCDFGHJKLMNPQRSTVWXYZ'

/** Three letters, different for each number below 9261. */
const letters = (number: number): string =>
  [441, 21, 1].map((place) => CONSONANTS[Math.floor(number / place) % 21]).join('')

export interface Person {
  firstName: string
  lastName: string
  taxCode: string
  email: string
  phone: string
  comune: string
}

/** A different person for each number below nine million: own valid codice fiscale, own mail address. */
export function person(number: number): Person {
  const code = `${letters(Math.floor(number / 1000))}MRA85T10A${String(number % 1000).padStart(3, '0')}`
  return {
    firstName: 'Maria',
    lastName: 'Rossi',
    taxCode: code + checkLetter(code),
    email: `maria.rossi.${number}@example.org`,
    phone: '+390331123456',
    comune: '015118',
  }
}

const slotFor = (number: number, kind: BookingKind): Slot =>
  kind === 'hot' ? HOT : (SPREAD[number % SPREAD.length] ?? HOT)

/** The body of `POST /bookings` of the n-th person. */
export const bookingBody = (number: number, kind: BookingKind): string =>
  JSON.stringify({ ...slotFor(number, kind), service: SERVICE, persons: 1, visitor: person(number) })
