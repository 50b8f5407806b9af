import { DateTime } from 'luxon'
import type { Lang } from '../messages/index.js'

const LOCALES: Record<Lang, string> = { it: 'it', en: 'en-GB' }

/** A day such as "martedì 24 novembre 2026" and a time such as "08:30", both local to the zone. */
export function inWords(instant: Date, zone: string, lang: Lang): { day: string; time: string } {
  const local = DateTime.fromJSDate(instant, { zone }).setLocale(LOCALES[lang])
  return { day: local.toFormat('cccc d LLLL yyyy'), time: local.toFormat('HH:mm') }
}
