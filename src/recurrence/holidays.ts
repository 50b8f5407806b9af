import { addDays, type LocalDay } from '../kernel/local-day.js'

/** National holidays by month and day: law 260/1949 as amended up to law 151/2025. */
const FIXED: Readonly<Record<string, string>> = {
  '01-01': 'new-year',
  '01-06': 'epiphany',
  '04-25': 'liberation-day',
  '05-01': 'labour-day',
  '06-02': 'republic-day',
  '08-15': 'assumption',
  '10-04': 'san-francesco',
  '11-01': 'all-saints',
  '12-08': 'immaculate-conception',
  '12-25': 'christmas',
  '12-26': 'santo-stefano',
}

/** Law 151/2025. */
const SAN_FRANCESCO_SINCE = 2026

/**
 * The national holiday of a day, as an id of `messages`, or null. Sundays are none here: they are closed only where no
 * rule opens them (S3). A table of our own: `date-holidays` agrees with it, but takes 200 ms to load.
 */
export function holidayOn(day: LocalDay): string | null {
  const year = Number(day.slice(0, 4))
  const fixed = FIXED[day.slice(5)]
  if (fixed === 'san-francesco' && year < SAN_FRANCESCO_SINCE) return null
  if (fixed !== undefined) return fixed
  return day === addDays(easter(year), 1) ? 'easter-monday' : null
}

/** Easter Sunday of a year of the Gregorian calendar: J.-M. Oudin's algorithm (1940). */
export function easter(year: number): LocalDay {
  const golden = year % 19
  const century = Math.floor(year / 100)
  const corrected = century - Math.floor(century / 4) - Math.floor((8 * century + 13) / 25)
  const epact = (19 * golden + corrected + 15) % 30
  const moon = epact - Math.floor(epact / 28) * (1 - Math.floor(29 / (epact + 1)) * Math.floor((21 - golden) / 11))
  const weekday = (year + Math.floor(year / 4) + moon + 2 - century + Math.floor(century / 4)) % 7
  const fromMarch = moon - weekday + 28
  return addDays(`${year}-03-01`, fromMarch - 1)
}
