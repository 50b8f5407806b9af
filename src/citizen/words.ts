import { DateTime } from 'luxon'
import { type LocalDay, localDay } from '../kernel/local-day.js'
import type { Lang, Translate } from '../messages/index.js'

const LOCALES: Record<Lang, string> = { it: 'it-IT', en: 'en-GB' }

/** How a request is answered: its language and its texts, as `speakLanguage` has put them into `res.locals`. */
export interface Speech {
  lang: Lang
  t: Translate
}

export const speechOf = (res: { locals: Record<string, unknown> }): Speech => ({
  lang: res.locals.lang as Lang,
  t: res.locals.t as Translate,
})

const format = (day: LocalDay, lang: Lang, pattern: string): string =>
  DateTime.fromISO(day, { zone: 'utc', locale: LOCALES[lang] }).toFormat(pattern)

/** `martedì 24 novembre 2026`; Italian writes the first of a month as an ordinal. */
export function dayWords(day: LocalDay, lang: Lang): string {
  const number = lang === 'it' && day.endsWith('-01') ? "'1º'" : 'd'
  return format(day, lang, `cccc ${number} LLLL yyyy`)
}

/** `martedì 24 novembre`: for a day near enough to need no year; with its weekday it needs no Italian article. */
export const shortDayWords = (day: LocalDay, lang: Lang): string =>
  format(day, lang, `cccc ${lang === 'it' && day.endsWith('-01') ? "'1º'" : 'd'} LLLL`)

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

/** `martedì 24 novembre 2026, ore 9:20` */
export const whenWords = (instant: Date, zone: string, { t, lang }: Speech): string =>
  t('citizen.layout.when', { day: dayWords(localDay(instant, zone), lang), time: timeWords(instant, zone) })

/** True before noon: slots are shown by halves of the day. */
export const isMorning = (instant: Date, zone: string): boolean => DateTime.fromJSDate(instant, { zone }).hour < 12
