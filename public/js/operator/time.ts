import { langOf, LOCALES, ServerClock, timeAt } from '../kit/clock.js'
import { say } from './words.js'

/** The house's clock, as the last answer told it; this device's own may be wrong. */
const clock = new ServerClock()

/** @param at RFC 3339 */
export const setClock = (at: string): void => clock.hear(at)

export const nowMs = (): number => clock.nowMs()

const passedMs = (iso: string): number => Math.max(0, nowMs() - Date.parse(iso))

export const minutesSince = (iso: string): number => Math.floor(passedMs(iso) / 60_000)

/** `14 min`, `1 h 05 min` */
export const minutesWords = (minutes: number): string =>
  minutes < 60
    ? say('minutes', { count: minutes })
    : say('hours', { hours: Math.floor(minutes / 60), minutes: `${minutes % 60}`.padStart(2, '0') })

/** `0:42` */
export function timer(iso: string): string {
  const seconds = Math.floor(passedMs(iso) / 1000)
  return `${Math.floor(seconds / 60)}:${`${seconds % 60}`.padStart(2, '0')}`
}

/** `9:41` now, by the clock of `zone`. @param zone IANA name */
export const clockNow = (zone: string): string => timeAt(nowMs(), zone, 'it')

/** `mar 24 nov` @param day YYYY-MM-DD */
export const dayWords = (day: string): string =>
  new Date(`${day}T00:00:00Z`).toLocaleDateString(LOCALES[langOf(document.documentElement.lang)], {
    timeZone: 'UTC',
    weekday: 'short',
    day: 'numeric',
    month: 'short',
  })
