import { say } from '../words.js'

/** The house's clock, as the last answer told it; this device's own may be wrong. */
let [atMs, toldMs] = [performance.timeOrigin, 0]

/** @param {string} at RFC 3339 */
export function setClock(at) {
  ;[atMs, toldMs] = [Date.parse(at), performance.now()]
}

export const nowMs = () => atMs + performance.now() - toldMs

/** `9:20`, wall time at the site. @param {string} iso with the site's offset */
export const clockTime = (iso) => iso.slice(11, 16).replace(/^0(?=\d:)/, '')

/** @param {string} iso */
export const minutesSince = (iso) => Math.max(0, Math.floor((nowMs() - Date.parse(iso)) / 60_000))

/** `14 min`, `1 h 05 min` @param {number} minutes */
export const minutesWords = (minutes) =>
  minutes < 60
    ? say('minutes', { count: minutes })
    : say('hours', { hours: Math.floor(minutes / 60), minutes: `${minutes % 60}`.padStart(2, '0') })

/** `0:42` @param {string} iso */
export function timer(iso) {
  const seconds = Math.max(0, Math.floor((nowMs() - Date.parse(iso)) / 1000))
  return `${Math.floor(seconds / 60)}:${`${seconds % 60}`.padStart(2, '0')}`
}

/** `9:41` now, by the clock of `zone`. @param {string} zone IANA name */
export const clockNow = (zone) =>
  new Date(nowMs()).toLocaleTimeString('it-IT', { timeZone: zone, hour: 'numeric', minute: '2-digit' })

/** `mar 24 nov` @param {string} day YYYY-MM-DD */
export const dayWords = (day) =>
  new Date(`${day}T00:00:00Z`).toLocaleDateString(document.documentElement.lang === 'it' ? 'it-IT' : 'en-GB', {
    timeZone: 'UTC',
    weekday: 'short',
    day: 'numeric',
    month: 'short',
  })
