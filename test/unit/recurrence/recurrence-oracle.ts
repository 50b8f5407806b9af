import fc from 'fast-check'
import { addDays } from '../../../src/kernel/local-day.js'
import { readRecurrence } from '../../../src/recurrence/recurrence-parts.js'

const CODES = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
const utc = (day: string): Date => new Date(`${day}T00:00:00Z`)
const weekdayOf = (day: string): number => (utc(day).getUTCDay() + 6) % 7
const lastOfMonth = (day: string): number => new Date(Date.UTC(+day.slice(0, 4), +day.slice(5, 7), 0)).getUTCDate()
const yearLength = (day: string): number =>
  (utc(`${+day.slice(0, 4) + 1}-01-01`).getTime() - utc(`${day.slice(0, 4)}-01-01`).getTime()) / 864e5

/** How many periods of the frequency lie between two days. */
function periodsBetween(frequency: string, from: string, to: string): number {
  const monday = (day: string) => addDays(day, -weekdayOf(day))
  const days = (utc(to).getTime() - utc(from).getTime()) / 864e5
  if (frequency === 'DAILY') return days
  if (frequency === 'WEEKLY') return (utc(monday(to)).getTime() - utc(monday(from)).getTime()) / 864e5 / 7
  const years = +to.slice(0, 4) - +from.slice(0, 4)
  return frequency === 'YEARLY' ? years : years * 12 + +to.slice(5, 7) - +from.slice(5, 7)
}

/** Day by day, by definition, from RFC 5545 3.3.10: slow, and independent of rrule. */
export function expectedDays(rrule: string, startsOn: string, to: string): string[] {
  const parts = readRecurrence(rrule)
  const { frequency, interval, weekdays, monthDays, months, positions, count, until } = parts
  const bare = weekdays.length + monthDays.length === 0
  const matches = (day: string): boolean => {
    const [month, date, last] = [+day.slice(5, 7), +day.slice(8), lastOfMonth(day)]
    if (months.length > 0 && !months.includes(month)) return false
    if (frequency === 'YEARLY' && bare && months.length === 0 && month !== +startsOn.slice(5, 7)) return false
    if (bare && (frequency === 'YEARLY' || frequency === 'MONTHLY') && date !== +startsOn.slice(8)) return false
    if (bare && frequency === 'WEEKLY' && weekdayOf(day) !== weekdayOf(startsOn)) return false
    if (monthDays.length > 0 && !monthDays.some((each) => each === date || each === date - last - 1)) return false
    if (weekdays.length === 0) return true
    const inMonth = frequency === 'MONTHLY' || months.length > 0
    const place = inMonth ? date : periodsBetween('DAILY', `${day.slice(0, 4)}-01-01`, day) + 1
    const length = inMonth ? last : yearLength(day)
    return weekdays.some(
      ({ weekday, nth }) =>
        weekday === weekdayOf(day) &&
        (nth === null || nth === Math.ceil(place / 7) || -nth === Math.ceil((length - place + 1) / 7)),
    )
  }
  const found = new Map<number, string[]>()
  for (let day = addDays(startsOn, -366); day <= addDays(to, 366); day = addDays(day, 1)) {
    const period = periodsBetween(frequency, startsOn, day)
    if (period >= 0 && period % interval === 0 && matches(day)) found.set(period, [...(found.get(period) ?? []), day])
  }
  const chosen = [...found.values()].flatMap((days) =>
    days.filter(
      (_, index) => positions.length === 0 || positions.some((at) => at === index + 1 || at === index - days.length),
    ),
  )
  const valid = chosen.filter((day) => day >= startsOn && (until === null || day <= until))
  return valid.slice(0, count ?? valid.length).filter((day) => day <= to)
}

const some = <T>(item: fc.Arbitrary<T>, maxLength: number) => fc.uniqueArray(item, { minLength: 1, maxLength })
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null, freq: 2 })
const signed = (most: number) => fc.integer({ min: 1, max: most }).chain((size) => fc.constantFrom(size, -size))

/** A recurrence of days that may be written, with its first day. */
export const aRecurrence = fc
  .record({
    frequency: fc.constantFrom('DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'),
    interval: fc.integer({ min: 1, max: 5 }),
    weekdays: maybe(some(fc.tuple(maybe(signed(6)), fc.constantFrom(...CODES)), 4)),
    monthDays: maybe(some(signed(31), 5)),
    months: maybe(some(fc.integer({ min: 1, max: 12 }), 4)),
    positions: maybe(some(signed(8), 3)),
    end: maybe(
      fc.oneof(
        fc.integer({ min: 0, max: 30 }).map((count) => `COUNT=${count}`),
        fc.integer({ min: 0, max: 500 }),
      ),
    ),
    start: fc.integer({ min: 0, max: 5000 }),
  })
  .map(({ frequency, interval, weekdays, monthDays, months, positions, end, start }) => {
    const startsOn = addDays('2015-01-01', start)
    const byMonth = frequency === 'MONTHLY' || frequency === 'YEARLY'
    const parts = [`FREQ=${frequency}`, `INTERVAL=${interval}`]
    if (weekdays) parts.push(`BYDAY=${weekdays.map(([nth, code]) => `${byMonth && nth ? nth : ''}${code}`).join()}`)
    if (monthDays && frequency !== 'WEEKLY') parts.push(`BYMONTHDAY=${monthDays.join()}`)
    if (months) parts.push(`BYMONTH=${months.join()}`)
    if (positions && parts.length > 2) parts.push(`BYSETPOS=${positions.join()}`)
    if (end !== null) parts.push(typeof end === 'string' ? end : `UNTIL=${addDays(startsOn, end).replaceAll('-', '')}`)
    return { rrule: parts.join(';'), startsOn }
  })
