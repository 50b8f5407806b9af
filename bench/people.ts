import { checkLetter } from '../src/visitors/codice-fiscale.js'
import { slotOf } from './scene.js'

const CONSONANTS = 'BCDFGHJKLMNPQRSTVWXYZ'

/** Three letters for each number below 9261. */
const letters = (number: number): string =>
  [441, 21, 1].map((place) => CONSONANTS[Math.floor(number / place) % 21]).join('')

/** A different person for each number below nine million: own codice fiscale, own mail address. */
export function person(number: number) {
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

/** The body of `POST /bookings` of the n-th person. */
export const bookingBody = (number: number, kind: 'spread' | 'hot'): string =>
  JSON.stringify({ ...slotOf(number, kind), service: 'scelta-revoca', persons: 1, visitor: person(number) })
