import { DateTime } from 'luxon'
import { type LocalDay, localDay } from '../../kernel/local-day.js'
import type { Lang } from '../../messages/index.js'
import type { Speech } from './speech.js'

const LOCALES: Record<Lang, string> = { it: 'it-IT', en: 'en-GB' }

const format = (day: LocalDay, lang: Lang, pattern: string): string =>
  DateTime.fromISO(day, { zone: 'utc', locale: LOCALES[lang] }).toFormat(pattern)

/** Italian writes the first of a month as an ordinal. */
const dayNumber = (day: LocalDay, lang: Lang): string => (lang === 'it' && day.endsWith('-01') ? "'1º'" : 'd')

/** `martedì 24 novembre 2026` */
export const dayWords = (day: LocalDay, lang: Lang): string =>
  format(day, lang, `cccc ${dayNumber(day, lang)} LLLL yyyy`)

/** `martedì 24 novembre`: for a day near enough to need no year; with its weekday it needs no Italian article. */
export const shortDayWords = (day: LocalDay, lang: Lang): string =>
  format(day, lang, `cccc ${dayNumber(day, lang)} LLLL`)

/** For words that begin a sentence. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** `novembre 2026`, of any day in the month. */
export const monthWords = (day: LocalDay, lang: Lang): string => format(day, lang, 'LLLL yyyy')

/** The week's days from Monday: `lun` for the eye, `lunedì` for screen readers. */
export const weekdays = (lang: Lang): { short: string; long: string }[] =>
  Array.from({ length: 7 }, (_, i) => {
    const day = `2026-11-${String(23 + i)}`
    return { short: format(day, lang, 'ccc'), long: format(day, lang, 'cccc') }
  })

/** `9:20`, wall time at the site. */
export const timeWords = (instant: Date, zone: string): string =>
  DateTime.fromJSDate(instant, { zone }).toFormat('H:mm')

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

/** True before noon: slots are shown by halves of the day. */
export const isMorning = (instant: Date, zone: string): boolean => DateTime.fromJSDate(instant, { zone }).hour < 12
