import type { Lang } from '../../../src/messages/lang.shape.js'

export const LOCALES: Record<Lang, string> = { it: 'it-IT', en: 'en-GB' }

/** The language of the page, of those we speak. */
export const langOf = (text: string): Lang => (text === 'en' ? 'en' : 'it')

/** The server's time, carried on by a clock that nobody sets: what the device takes for the hour does not matter (case K11). */
export class ServerClock {
  #atMs: number
  #heardMs: number

  /** @param at when the server made the page; without it the device's own time, until the server is heard */
  constructor(at?: string) {
    this.#atMs = at === undefined ? performance.timeOrigin : Date.parse(at)
    this.#heardMs = at === undefined ? 0 : performance.now()
  }

  /** @param at as the server has just said; a device that slept has stood still meanwhile */
  hear(at: string): void {
    this.#atMs = Date.parse(at)
    this.#heardMs = performance.now()
  }

  /** Epoch ms. */
  nowMs(): number {
    return this.#atMs + performance.now() - this.#heardMs
  }
}

/** `9:41`, an instant at the site. */
export const timeAt = (ms: number, timeZone: string, lang: Lang): string =>
  new Intl.DateTimeFormat(LOCALES[lang], { timeZone, hour: 'numeric', minute: '2-digit' }).format(ms)

/** `9:20` of an RFC 3339 text, which carries the site's own time. */
export const timeOf = (text: string): string => text.slice(11, 16).replace(/^0/, '')

export const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
