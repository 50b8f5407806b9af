import pkg from 'rrule'
import { addDays, type LocalDay } from '../kernel/local-day.js'
import { dayNumber } from './day-set.js'
import { type RecurrenceParts, type RecurrenceWeekday } from './recurrence-parts.js'

// The only file that knows rrule. It is given UTC midnights and no zone, so the process's own zone plays no part (T17).
const { RRule, Weekday } = pkg

const DAY_MS = 86_400_000
const SHORTEST_STEP_DAYS = { DAILY: 1, WEEKLY: 7, MONTHLY: 28, YEARLY: 365 } as const

/** The recurrence's days from its first on up to `reach`, ascending, as `dayNumber` counts them. */
export function recurrenceDays(written: RecurrenceParts, startsOn: LocalDay, reach: LocalDay): number[] {
  const parts = spelledOut(written, startsOn)
  const last = parts.until !== null && parts.until < reach ? parts.until : reach
  const all = parts.positions.length > 0 ? positioned(parts, startsOn, last) : dayNumbers(parts, startsOn, last)
  const [from, to] = [dayNumber(startsOn), dayNumber(last)]
  return all.filter((day) => day >= from && day <= to).slice(0, parts.count ?? all.length)
}

/**
 * Says what RFC 5545 takes from the start, so that expanding may begin earlier than there. Every day becomes every week
 * on all days: rrule is four times as fast at that.
 */
function spelledOut(parts: RecurrenceParts, startsOn: LocalDay): RecurrenceParts {
  const { frequency, interval, weekdays, monthDays, months, positions } = parts
  const [month, monthDay, weekday] = [Number(startsOn.slice(5, 7)), Number(startsOn.slice(8)), weekdayOf(startsOn)]
  if (frequency === 'DAILY' && interval === 1 && positions.length === 0) {
    const everyDay = [0, 1, 2, 3, 4, 5, 6].map((each) => ({ weekday: each, nth: null }))
    return { ...parts, frequency: 'WEEKLY', weekdays: weekdays.length > 0 ? weekdays : everyDay }
  }
  if (frequency === 'DAILY' || weekdays.length + monthDays.length > 0) return parts
  if (frequency === 'WEEKLY') return { ...parts, weekdays: [{ weekday, nth: null }] }
  const monthsMeant = frequency === 'YEARLY' && months.length === 0 ? [month] : months
  return { ...parts, monthDays: [monthDay], months: monthsMeant }
}

const weekdayOf = (day: LocalDay): number => (dayNumber(day) + 3) % 7

/**
 * BYSETPOS, chosen here: rrule 2.8.1 answers the first day for a position further from the end than there are days, and
 * counts a day twice that two positions name.
 */
function positioned(parts: RecurrenceParts, startsOn: LocalDay, last: LocalDay): number[] {
  const periods = new Map<LocalDay, number[]>()
  for (const day of dayNumbers(parts, periodStart(parts, startsOn), addDays(last, 366))) {
    const key = periodStart(parts, addDays('1970-01-01', day))
    const period = periods.get(key)
    if (period) period.push(day)
    else periods.set(key, [day])
  }
  return [...periods.values()].flatMap((days) =>
    days.filter((_, index) => parts.positions.includes(index + 1) || parts.positions.includes(index - days.length)),
  )
}

function periodStart({ frequency }: RecurrenceParts, day: LocalDay): LocalDay {
  if (frequency === 'DAILY') return day
  if (frequency === 'WEEKLY') return addDays(day, -weekdayOf(day))
  return frequency === 'MONTHLY' ? `${day.slice(0, 7)}-01` : `${day.slice(0, 4)}-01-01`
}

/** The days rrule finds from `from` to `to`, ascending, without regard to COUNT, UNTIL and BYSETPOS. */
function dayNumbers(parts: RecurrenceParts, from: LocalDay, to: LocalDay): number[] {
  const rule = new RRule(
    {
      freq: RRule[parts.frequency],
      interval: parts.interval,
      wkst: RRule.MO,
      dtstart: new Date(`${from}T00:00:00Z`),
      byweekday: weekdaysFor(parts).map(({ weekday, nth }) => new Weekday(weekday, nth ?? undefined)),
      bymonthday: parts.monthDays,
      bymonth: parts.months,
    },
    true,
  )
  stopAfter(
    rule,
    Math.ceil((dayNumber(to) - dayNumber(from)) / SHORTEST_STEP_DAYS[parts.frequency] / parts.interval) + 1,
  )
  const found: number[] = []
  rule.all((day) => {
    const number = day.getTime() / DAY_MS
    found.push(number)
    return number < dayNumber(to)
  })
  return found
}

/** rrule wants a day to be both, where BYDAY=MO,1TU means either: every Monday is then written as the first, second… */
function weekdaysFor({ frequency, weekdays, months }: RecurrenceParts): RecurrenceWeekday[] {
  if (weekdays.every(({ nth }) => nth === null)) return weekdays
  const most = frequency === 'MONTHLY' || months.length > 0 ? 5 : 53
  return weekdays.flatMap(({ weekday, nth }) =>
    nth === null ? Array.from({ length: most }, (_, index) => ({ weekday, nth: index + 1 })) : [{ weekday, nth }],
  )
}

/**
 * Without it rrule walks a recurrence that gives nothing (BYMONTH=2;BYMONTHDAY=31) to the year 9999, for 15 seconds.
 * rrule asks for the interval twice a step, and 0 is its own sign to stop.
 */
function stopAfter(rule: InstanceType<typeof RRule>, steps: number): void {
  const { interval } = rule.options
  let asked = 0
  Object.defineProperty(rule.options, 'interval', { get: () => (asked++ <= 2 * steps ? interval : 0) })
}
