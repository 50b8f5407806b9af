import { DateTime } from 'luxon'
import { type LocalDay, localDay, minuteOfDay } from '../../kernel/local-day.js'
import { onceEach } from '../../kernel/once-each.js'
import type { Lang } from '../../messages/index.js'
import type { Speech } from './speech.js'

const LOCALES: Record<Lang, string> = { it: 'it-IT', en: 'en-GB' }

/** Days of two years: who looks further is told the same, later. */
const MOST_DAYS = 800

/**
 * A day in words by a pattern of luxon's, worded once for each language. luxon reads the language's whole calendar for
 * every word; a month view has a hundred of them.
 */
function worded(pattern: (day: LocalDay, lang: Lang) => string): (day: LocalDay, lang: Lang) => string {
  const inLang = (lang: Lang) =>
    onceEach(MOST_DAYS, (day: LocalDay) =>
      DateTime.fromISO(day, { zone: 'utc', locale: LOCALES[lang] }).toFormat(pattern(day, lang)),
    )
  const words: Record<Lang, (day: LocalDay) => string> = { it: inLang('it'), en: inLang('en') }
  return (day, lang) => words[lang](day)
}

/** Italian writes the first of a month as an ordinal. */
const dayNumber = (day: LocalDay, lang: Lang): string => (lang === 'it' && day.endsWith('-01') ? "'1º'" : 'd')

/** `martedì 24 novembre 2026` */
export const dayWords = worded((day, lang) => `cccc ${dayNumber(day, lang)} LLLL yyyy`)

/** `martedì 24 novembre`: for a day near enough to need no year; with its weekday it needs no Italian article. */
export const shortDayWords = worded((day, lang) => `cccc ${dayNumber(day, lang)} LLLL`)

/** For words that begin a sentence. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** `novembre 2026`, of any day in the month. */
export const monthWords = worded(() => 'LLLL yyyy')

const [shortWeekday, weekday] = [worded(() => 'ccc'), worded(() => 'cccc')]

/** The week's days from Monday: `lun` for the eye, `lunedì` for screen readers. */
export const weekdays = (lang: Lang): { short: string; long: string }[] =>
  Array.from({ length: 7 }, (_, i) => {
    const day = `2026-11-${String(23 + i)}`
    return { short: shortWeekday(day, lang), long: weekday(day, lang) }
  })

/** `9:20`, wall time at the site. */
export function timeWords(instant: Date, zone: string): string {
  const minutes = minuteOfDay(instant, zone)
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`
}

/** True in summer time: tells the two hours of an autumn night apart. */
export const isSummerTime = (instant: Date, zone: string): boolean => DateTime.fromJSDate(instant, { zone }).isInDST

/** Day and hour for a sentence that has a place for each. */
export const dayAndTime = (instant: Date, zone: string, lang: Lang): { day: string; time: string } => ({
  day: dayWords(localDay(instant, zone), lang),
  time: timeWords(instant, zone),
})

/** `martedì 24 novembre 2026, ore 9:20` */
export const whenWords = (instant: Date, zone: string, { t, lang }: Speech): string =>
  t('when', dayAndTime(instant, zone, lang))

const NOON = 12 * 60

/** True before noon: slots are shown by halves of the day. */
export const isMorning = (instant: Date, zone: string): boolean => minuteOfDay(instant, zone) < NOON
