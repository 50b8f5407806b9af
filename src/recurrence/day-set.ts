import { addDays, daysBetween, type LocalDay } from '../kernel/local-day.js'

const FIRST_DAY = '1970-01-01'

/** The last day for which calendars are worked out: recurrences are compared on every day up to it, and end there. */
export const LAST_DAY: LocalDay = '2099-12-31'

/** Days since 1970-01-01, which is 0. */
export const dayNumber = (day: LocalDay): number => daysBetween(FIRST_DAY, day)

const WORDS = Math.ceil((dayNumber(LAST_DAY) + 1) / 32)

/** A set of days from 1970 to `LAST_DAY`, one bit each, so that two recurrences are compared exactly and at once. */
export class DaySet {
  private readonly words = new Uint32Array(WORDS)

  /** @param number of a day from 1970 to `LAST_DAY`, see `dayNumber` */
  add(number: number): void {
    this.words[number >>> 5] = this.word(number >>> 5) | (1 << (number & 31))
  }

  has(number: number): boolean {
    return (this.word(number >>> 5) & (1 << (number & 31))) !== 0
  }

  /** The earliest day that is in both sets, or null. */
  firstCommon(other: DaySet): LocalDay | null {
    for (let index = 0; index < WORDS; index++) {
      const both = this.word(index) & other.word(index)
      if (both !== 0) return addDays(FIRST_DAY, index * 32 + 31 - Math.clz32(both & -both))
    }
    return null
  }

  private word(index: number): number {
    return this.words[index] ?? 0
  }
}
