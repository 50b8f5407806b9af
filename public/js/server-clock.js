const LOCALES = { it: 'it-IT', en: 'en-GB' }

/** The server's time, carried on by a clock that nobody sets: what the device takes for the hour does not matter (case K11). */
export class ServerClock {
  #atMs
  #heardMs
  #face

  /** @param {{ at: string, timeZone: string, lang: string }} told `at`: when the server made the page */
  constructor({ at, timeZone, lang }) {
    this.hear(at)
    this.#face = new Intl.DateTimeFormat(LOCALES[lang] ?? 'it-IT', { timeZone, hour: 'numeric', minute: '2-digit' })
  }

  /** @param {string} at as the server has just said; a device that slept has stood still meanwhile */
  hear(at) {
    this.#atMs = Date.parse(at)
    this.#heardMs = performance.now()
  }

  /** @returns {string} `9:41`, at the site, now */
  time() {
    return this.#face.format(this.#atMs + performance.now() - this.#heardMs)
  }
}
