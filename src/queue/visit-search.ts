import type { Booking } from '../bookings/index.js'
import { freeTextOf, withoutSeparators } from '../kernel/typed-text.js'
import type { Secrets } from '../platform/secrets.js'
import { personHashesOf, readTaxCode } from '../visitors/index.js'
import { printed, type Ticket } from './ticket.js'

/** What the desk looks for: as a person says it, reads it aloud or holds it under the scanner. */
export interface VisitSearch {
  /** How it was understood: the audit record says this, and never what was typed (A3). */
  by: 'everything' | 'tax-code' | 'code' | 'number' | 'phone' | 'name'
  finds: (visit: { booking: Booking | null; ticket: Ticket | null }) => boolean
}

const CODE = /^[A-Z0-9]{8}$/
const NUMBER = /^([PNDR])0*(\d{1,6})$/
/** Fewer digits are in too many numbers. */
const PHONE = /^\+?\d{5,15}$/

export function readSearch(typed: string, secrets: Pick<Secrets, 'all'>): VisitSearch {
  const words = plain(freeTextOf(typed) ?? '')
  if (words === '') return { by: 'everything', finds: () => true }
  const key = withoutSeparators(typed).toUpperCase()
  const taxCode = readTaxCode(typed)
  if (typeof taxCode !== 'string') {
    const hashes = personHashesOf(secrets, taxCode.value)
    return { by: 'tax-code', finds: ({ booking }) => hashes.includes(booking?.personHash ?? '') }
  }
  const [, lane, digits] = NUMBER.exec(key) ?? []
  if (lane !== undefined) {
    const number = `${lane}${String(Number(digits)).padStart(3, '0')}`
    return { by: 'number', finds: ({ ticket }) => ticket !== null && printed(ticket) === number }
  }
  if (PHONE.test(key))
    return { by: 'phone', finds: ({ booking }) => digitsOf(booking?.phone ?? '').includes(digitsOf(key)) }
  const byName: VisitSearch['finds'] = ({ booking }) => isNamed(booking, words.split(' '))
  // Eight letters may be a name as well as a code.
  if (CODE.test(key)) return { by: 'code', finds: (visit) => visit.booking?.code === key || byName(visit) }
  return { by: 'name', finds: byName }
}

/** Without Italy's prefix: some say it, some do not. */
const digitsOf = (phone: string): string => phone.replace(/[^\d+]/g, '').replace(/^(?:\+|00)(?:39(?=\d{6}))?/, '')

/** Every word begins one of the names, in whatever order and with or without marks and apostrophes. */
function isNamed(booking: Booking | null, words: readonly string[]): boolean {
  if (!booking) return false
  const names = plain(`${booking.firstName ?? ''} ${booking.lastName ?? ''}`)
  const starts = [...names.split(' '), names.replaceAll(' ', '')]
  return words.every((word) => starts.some((start) => start.startsWith(word)))
}

/** `Nicolò D’Angelo-Müller` → `nicolo dangelo muller` */
const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}|['’‘´`′ʼ.]/gu, '')
    .replace(/[\p{Pd}\s]+/gu, ' ')
    .trim()
    .toLowerCase()
