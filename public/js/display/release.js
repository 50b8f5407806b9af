/** Two instances of two releases during an update must not send a screen to and fro. */
const AGAIN_MS = 15 * 60_000
const KEY = 'display-release'

/**
 * Reloads the page, with its address and so its settings, when a new release is served: at a quiet moment.
 */
export class Release {
  #own
  #address
  #isOver = false
  #served = ''

  /** @param {{ own: string, address: string }} page its release, and where to ask for the present one */
  constructor({ own, address }) {
    this.#own = own
    this.#address = address
  }

  /** Asks which release is served; at each connection, for a server that was not away has not changed. */
  async check() {
    try {
      const answer = await fetch(this.#address, { cache: 'no-store' })
      const { release } = answer.ok ? await answer.json() : { release: this.#own }
      this.#isOver = release !== this.#own && !isTriedOfLate(release)
      if (this.#isOver) this.#served = release
    } catch {
      // Away again: the next connection asks again.
    }
  }

  /** Call it when nobody would miss a second of the screen. */
  reloadIfOver() {
    if (!this.#isOver) return
    this.#isOver = false
    sessionStorage.setItem(KEY, JSON.stringify({ release: this.#served, atMs: new Date().getTime() }))
    location.reload()
  }
}

function isTriedOfLate(release) {
  const tried = JSON.parse(sessionStorage.getItem(KEY) ?? '{}')
  return tried.release === release && Math.abs(new Date().getTime() - tried.atMs) < AGAIN_MS
}
