const LOCALES = { it: 'it-IT', en: 'en-GB' }

/**
 * Words for the site's local time, whatever the device thinks of time zones.
 * @param {{ lang: string, timeZone: string }} place
 * @returns {(atMs: number) => { time: string, day: string }} `09:41`, `martedì 24 novembre`
 */
export function wallClock({ lang, timeZone }) {
  const locale = LOCALES[lang] ?? 'it-IT'
  const time = new Intl.DateTimeFormat(locale, { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const day = new Intl.DateTimeFormat(locale, { timeZone, weekday: 'long', day: 'numeric', month: 'long' })
  return (atMs) => ({ time: time.format(atMs), day: day.format(atMs) })
}
