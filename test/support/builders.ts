import { type Booking, NOBODY } from '../../src/bookings/booking.js'
import { addDays, localDay } from '../../src/kernel/local-day.js'
import { eachVisitorField } from '../../src/kernel/visitor-fields.js'
import type { Matter } from '../../src/matters/matter.js'
import type {
  CalendarPlan,
  Closure,
  OpeningRule,
  OpeningWindow,
  SpecialOpening,
} from '../../src/recurrence/calendar-plan.js'
import type { Site } from '../../src/sites/index.js'
import type { ReachableVisitor } from '../../src/visitors/index.js'

/**
 * Things of the field, valid as they come and always the same; a test names only what it is about:
 * `aRule({ seats: 1 })`. Tuesday 2026-11-24 is the day most tests live on.
 */
export const THE_DAY = '2026-11-24'
/** Monday, 09:00 in Rome. */
export const THE_DAY_BEFORE = new Date('2026-11-23T09:00:00+01:00')

/** S1: working days, 08:30–12:30, slots of 15 minutes, 2 seats, since 2026-01-01. */
export const aRule = (part: Partial<OpeningRule> = {}): OpeningRule => ({
  rrule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR',
  startsOn: '2026-01-01',
  from: '08:30',
  to: '12:30',
  slotMinutes: 15,
  seats: 2,
  ...part,
})

/** 08:30–09:30, slots of 15 minutes, 2 seats. */
export const aWindow = (part: Partial<OpeningWindow> = {}): OpeningWindow => ({
  from: '08:30',
  to: '09:30',
  slotMinutes: 15,
  seats: 2,
  ...part,
})

/** S5: of the whole site, the whole of THE_DAY, its reason for everybody to read. */
export const aClosure = (part: Partial<Closure> = {}): Closure => ({
  id: 'closure-1',
  calendarId: null,
  fromOn: THE_DAY,
  toOn: addDays(THE_DAY, 1),
  fromAt: null,
  toAt: null,
  reason: 'Assemblea del personale',
  isPublic: true,
  ...part,
})

/** S5: THE_DAY opens 08:30–09:30 instead of by the rules. */
export const aSpecialOpening = (part: Partial<SpecialOpening> = {}): SpecialOpening => ({
  id: 'opening-1',
  day: THE_DAY,
  windows: [aWindow()],
  ...part,
})

/** The calendar `scelta-revoca` of Legnano with one rule, bookable without notice for a year. */
export const aCalendarPlan = (part: Partial<CalendarPlan> = {}): CalendarPlan => ({
  siteId: 'legnano',
  calendarId: 'scelta-revoca',
  version: 1,
  timeZone: 'Europe/Rome',
  serviceIds: ['scelta-revoca'],
  rules: [aRule()],
  closures: [],
  openings: [],
  openOnHolidays: [],
  minNoticeMinutes: 0,
  horizonDays: 365,
  ...part,
})

export const aSite = (part: Partial<Site> = {}): Site => ({
  id: 'legnano',
  name: 'Legnano – Casa di Comunità',
  address: 'Via Candiani 2, 20025 Legnano (MI)',
  timeZone: 'Europe/Rome',
  phone: null,
  emailConfirmation: false,
  trustedAddresses: null,
  openOnHolidays: [],
  notices: null,
  isExample: true,
  position: 0,
  ...part,
})

/** M1: settled at the counter, by appointment, with one document. */
export const aMatter = (part: Partial<Matter> = {}): Matter => ({
  id: 'prova',
  nameIt: 'Una richiesta di prova',
  nameEn: 'A matter for a test',
  aboutIt: 'Serve a provare.',
  aboutEn: 'It is for testing.',
  ways: [{ kind: 'booked', service: 'scelta-revoca', condition: null }],
  documents: [{ text: { it: 'Documento di identità', en: 'Identity document' }, when: null }],
  forms: [],
  links: [],
  weight: 1,
  isExample: false,
  position: 0,
  ...part,
})

/** A resident of Legnano (ISTAT 015118) with a well-formed codice fiscale that belongs to nobody. */
export const aVisitor = (part: Partial<ReachableVisitor> = {}): ReachableVisitor => ({
  ...eachVisitorField(() => ''),
  firstName: 'Maria',
  lastName: 'Rossi',
  taxCode: 'RSSMRA85T10A562S',
  email: 'maria.rossi@example.org',
  phone: null,
  comune: '015118',
  ...part,
})

const ODD: Record<string, number> = Object.fromEntries(
  [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((letter, i) => {
    const values = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23]
    return [letter, values[i < 10 ? i : i - 10] as number]
  }),
)

const even = (letter: string): number => (/\d/.test(letter) ? Number(letter) : letter.charCodeAt(0) - 65)

/** A different valid codice fiscale for each `number` from 0 to 49,999: for crowds. */
export function taxCodeOf(number: number): string {
  const year = (85 + Math.floor(number / 1000)) % 100
  const body = `RSSMRA${String(year).padStart(2, '0')}T10A${String(number % 1000).padStart(3, '0')}`
  const sum = [...body].reduce((all, letter, i) => all + (i % 2 === 0 ? (ODD[letter] ?? 0) : even(letter)), 0)
  return body + String.fromCharCode(65 + (sum % 26))
}

/** The n-th of a crowd: own codice fiscale and own mail address. */
export const visitorOf = (number: number, part: Partial<ReachableVisitor> = {}): ReachableVisitor =>
  aVisitor({ taxCode: taxCodeOf(number), email: `visitor-${number}@example.org`, ...part })

/** Confirmed: THE_DAY at 08:30 in Legnano, one person, one slot of 15 minutes. Personal fields are set by the test. */
export function aBooking(part: Partial<Booking> = {}): Booking {
  const startsAt = part.startsAt ?? new Date(`${THE_DAY}T08:30:00+01:00`)
  return {
    id: '00000000-0000-4000-8000-000000000001',
    code: 'ABCD2345',
    tokenHash: 'a'.repeat(64),
    linkTurn: 0,
    holdHash: null,
    siteId: 'legnano',
    serviceId: 'scelta-revoca',
    calendarId: 'scelta-revoca',
    startsAt,
    endsAt: new Date(startsAt.getTime() + 15 * 60_000),
    onDay: localDay(startsAt, 'Europe/Rome'),
    slotMinutes: 15,
    slotCount: 1,
    persons: 1,
    status: 'confirmed',
    expiresAt: null,
    sequence: 0,
    lang: 'it',
    ...NOBODY,
    createdAt: THE_DAY_BEFORE,
    bookedAt: THE_DAY_BEFORE,
    confirmedAt: THE_DAY_BEFORE,
    provenAt: null,
    ...part,
  }
}
