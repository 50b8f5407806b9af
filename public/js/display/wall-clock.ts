import type { Lang } from '../../../src/messages/lang.shape.js'
import { LOCALES } from '../kit/clock.js'

/** `09:41`, `martedì 24 novembre` */
type Face = (atMs: number) => { time: string; day: string }

/** Words for the site's local time, whatever the device thinks of time zones. */
export function wallClock({ lang, timeZone }: { lang: Lang; timeZone: string }): Face {
  const locale = LOCALES[lang]
  const time = new Intl.DateTimeFormat(locale, { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const day = new Intl.DateTimeFormat(locale, { timeZone, weekday: 'long', day: 'numeric', month: 'long' })
  return (atMs) => ({ time: time.format(atMs), day: day.format(atMs) })
}
