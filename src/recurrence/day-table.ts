import { dayNumber, LAST_DAY } from './day-set.js'

/** Everything that a recurrence may ask of a day, by its `dayNumber`: columns, so that a walk over 47,000 days takes a millisecond. */
export interface DayTable {
  /** How many days there are: from 1970 to the week of `LAST_DAY`. */
  length: number
  /** 0 is Monday. */
  weekday: Uint8Array
  month: Uint8Array
  monthDay: Uint8Array
  monthLength: Uint8Array
  yearDay: Uint16Array
  yearLength: Uint16Array
  /** The periods by which days are put together, each counted from 1970 on; weeks begin on Monday. */
  periods: Record<'day' | 'week' | 'month' | 'year', Uint16Array>
}

/** 1970-01-01 was a Thursday. */
const FIRST_WEEKDAY = 3

let table: DayTable | null = null

/** Made once. */
export const dayTable = (): DayTable => (table ??= makeTable())

function makeTable(): DayTable {
  const length = dayNumber(LAST_DAY) + 7
  const bytes = () => new Uint8Array(length)
  const words = () => new Uint16Array(length)
  const periods = { day: words(), week: words(), month: words(), year: words() }
  const [weekday, month, monthDay, monthLength] = [bytes(), bytes(), bytes(), bytes()]
  const [yearDay, yearLength] = [words(), words()]
  for (let [day, year] = [0, 1970]; day < length; year++) {
    const lengthOfYear = isLeap(year) ? 366 : 365
    for (let number = 1; number <= lengthOfYear && day < length; number++, day++) {
      const date = new Date(Date.UTC(year, 0, number))
      const index = date.getUTCMonth()
      month[day] = index + 1
      monthDay[day] = date.getUTCDate()
      monthLength[day] = new Date(Date.UTC(year, index + 1, 0)).getUTCDate()
      yearDay[day] = number
      yearLength[day] = lengthOfYear
      weekday[day] = (day + FIRST_WEEKDAY) % 7
      periods.day[day] = day
      periods.week[day] = Math.floor((day + FIRST_WEEKDAY) / 7)
      periods.month[day] = (year - 1970) * 12 + index
      periods.year[day] = year - 1970
    }
  }
  return { length, weekday, month, monthDay, monthLength, yearDay, yearLength, periods }
}

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
