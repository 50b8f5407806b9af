import type { LocalDay } from '../kernel/local-day.js'

export type Frequency = 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY'

/** 0 is Monday. `nth` counts within the month or year, from its end when negative; null is every one. */
export interface RecurrenceWeekday {
  weekday: number
  nth: number | null
}

/** An RFC 5545 recurrence of days (S1). Empty lists and nulls are parts that were not written. */
export interface RecurrenceParts {
  frequency: Frequency
  interval: number
  weekdays: RecurrenceWeekday[]
  monthDays: number[]
  months: number[]
  positions: number[]
  count: number | null
  /** Inclusive. */
  until: LocalDay | null
}

/** A piece of the text that a recurrence of days does not allow. */
export class RecurrenceFault extends Error {
  constructor(readonly piece: string) {
    super(`not allowed in a recurrence of days: ${piece}`)
    this.name = 'RecurrenceFault'
  }
}

const LONGEST = 500
const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']

/**
 * Reads `FREQ=WEEKLY;BYDAY=MO,WE;UNTIL=20261231`; an `RRULE:` in front is allowed, and so is `WKST=MO`, which always
 * holds. @throws RecurrenceFault for anything but days: unknown or repeated parts, times, out-of-range numbers, and what
 * RFC 5545 3.3.10 forbids together.
 */
export function readRecurrence(text: string): RecurrenceParts {
  if (text.length > LONGEST) throw new RecurrenceFault('RRULE')
  const written = writtenParts(text.toUpperCase().replace(/^RRULE:/, ''))
  const frequency = written.get('FREQ')
  if (!isFrequency(frequency)) throw new RecurrenceFault('FREQ')
  if (written.has('WKST') && written.get('WKST') !== 'MO') throw new RecurrenceFault('WKST')
  const parts: RecurrenceParts = {
    frequency,
    interval: wholeNumber(written, 'INTERVAL', 1) ?? 1,
    weekdays: list(written, 'BYDAY').map(readWeekday),
    monthDays: list(written, 'BYMONTHDAY').map((item) => signed(item, 'BYMONTHDAY', 31)),
    months: list(written, 'BYMONTH').map((item) => readMonth(item)),
    positions: list(written, 'BYSETPOS').map((item) => signed(item, 'BYSETPOS', 366)),
    count: wholeNumber(written, 'COUNT', 0),
    until: readUntil(written.get('UNTIL')),
  }
  assertTogether(parts)
  return parts
}

const ALLOWED = new Set(['FREQ', 'INTERVAL', 'BYDAY', 'BYMONTHDAY', 'BYMONTH', 'BYSETPOS', 'UNTIL', 'COUNT', 'WKST'])

function writtenParts(text: string): Map<string, string> {
  const written = new Map<string, string>()
  for (const piece of text.split(';')) {
    const [name = '', value, ...rest] = piece.split('=')
    if (!ALLOWED.has(name) || !value || rest.length > 0 || written.has(name)) throw new RecurrenceFault(name || 'RRULE')
    written.set(name, value)
  }
  return written
}

const isFrequency = (text: string | undefined): text is Frequency =>
  text === 'DAILY' || text === 'WEEKLY' || text === 'MONTHLY' || text === 'YEARLY'

const list = (written: Map<string, string>, name: string): string[] => written.get(name)?.split(',') ?? []

function wholeNumber(written: Map<string, string>, name: string, least: number): number | null {
  const text = written.get(name)
  if (text === undefined) return null
  if (!/^\d{1,6}$/.test(text) || Number(text) < least) throw new RecurrenceFault(name)
  return Number(text)
}

function signed(text: string, name: string, most: number): number {
  const size = /^[+-]?\d{1,3}$/.test(text) ? Math.abs(Number(text)) : 0
  if (size < 1 || size > most) throw new RecurrenceFault(name)
  return Number(text)
}

function readMonth(text: string): number {
  if (!/^\d{1,2}$/.test(text)) throw new RecurrenceFault('BYMONTH')
  return signed(text, 'BYMONTH', 12)
}

function readWeekday(text: string): RecurrenceWeekday {
  const weekday = WEEKDAYS.indexOf(text.slice(-2))
  if (weekday < 0) throw new RecurrenceFault('BYDAY')
  return { weekday, nth: text.length === 2 ? null : signed(text.slice(0, -2), 'BYDAY', 53) }
}

function readUntil(text: string | undefined): LocalDay | null {
  if (text === undefined) return null
  const day = text.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3')
  const read = new Date(/^\d{8}$/.test(text) ? `${day}T00:00:00Z` : Number.NaN)
  if (Number.isNaN(read.getTime()) || !read.toISOString().startsWith(day)) throw new RecurrenceFault('UNTIL')
  return day
}

function assertTogether(parts: RecurrenceParts): void {
  const byMonthOrYear = parts.frequency === 'MONTHLY' || parts.frequency === 'YEARLY'
  if (!byMonthOrYear && parts.weekdays.some(({ nth }) => nth !== null)) throw new RecurrenceFault('BYDAY')
  if (parts.frequency === 'WEEKLY' && parts.monthDays.length > 0) throw new RecurrenceFault('BYMONTHDAY')
  const chosenFrom = parts.weekdays.length + parts.monthDays.length + parts.months.length
  if (parts.positions.length > 0 && chosenFrom === 0) throw new RecurrenceFault('BYSETPOS')
  if (parts.count !== null && parts.until !== null) throw new RecurrenceFault('COUNT')
}
