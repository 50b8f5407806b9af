import { addDays, daysBetween, type LocalDay } from '../kernel/local-day.js'

/** `2026-11` */
export type Month = string

export const monthOf = (day: LocalDay): Month => day.slice(0, 7)

export const firstDayOf = (month: Month): LocalDay => `${month}-01`

export const lastDayOf = (month: Month): LocalDay => addDays(firstDayOf(addMonths(month, 1)), -1)

export function addMonths(month: Month, count: number): Month {
  const months = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + count
  return `${String(Math.floor(months / 12)).padStart(4, '0')}-${String((months % 12) + 1).padStart(2, '0')}`
}

/** 0 for Monday. 1970-01-05 was one. */
const weekday = (day: LocalDay): number => ((daysBetween('1970-01-05', day) % 7) + 7) % 7

/** The month's days in weeks from Monday; null where a week reaches into another month. */
export function weeksOf(month: Month): (LocalDay | null)[][] {
  const [first, last] = [firstDayOf(month), lastDayOf(month)]
  const start = addDays(first, -weekday(first))
  const weeks = Math.ceil((daysBetween(start, last) + 1) / 7)
  return Array.from({ length: weeks }, (_, week) =>
    Array.from({ length: 7 }, (_, i) => {
      const day = addDays(start, week * 7 + i)
      return monthOf(day) === month ? day : null
    }),
  )
}

/** Runs of days that follow each other and share the same text. */
export function runsOf<T extends { date: LocalDay; text: string }>(
  days: readonly T[],
): { from: LocalDay; to: LocalDay; text: string }[] {
  const runs: { from: LocalDay; to: LocalDay; text: string }[] = []
  for (const { date, text } of days) {
    const run = runs.at(-1)
    if (run && run.text === text && addDays(run.to, 1) === date) run.to = date
    else runs.push({ from: date, to: date, text })
  }
  return runs
}
