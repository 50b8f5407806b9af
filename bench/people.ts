import { checkLetter } from '../src/visitors/codice-fiscale.js'
import { RIVALS } from './kinds.js'
import type { BookingKind, LoadOrder } from './protocol.js'
import { firstOf, HOT, lastSeat, SERVICE, type Slot, SPREAD } from './scene.js'

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

/** The slot of the n-th booking of all rounds of its kind; the bare routes know counted slots alone. */
function slotFor(kind: BookingKind, number: number, isOurs: boolean): Slot {
  if (kind === 'hot') return HOT
  if (kind === 'race') return lastSeat(Math.floor(number / RIVALS))
  if (kind === 'first' && isOurs) return firstOf(number)
  return SPREAD[number % SPREAD.length] ?? HOT
}

const body = (slot: Slot, number: number): string =>
  JSON.stringify({ ...slot, service: SERVICE, persons: 1, visitor: person(number) })

/** The bodies of `POST /bookings` of a round, one person each. */
export function bookingBodies({ arm, from, round, amount }: LoadOrder, kind: BookingKind): string[] {
  return Array.from({ length: amount }, (_, n) => body(slotFor(kind, round * amount + n, arm === 'ours'), from + n))
}

/** One booking of the slot that everybody wants. */
export const hotBody = (number: number): string => body(HOT, number)
