/** Two instances of two releases during an update must not send a screen to and fro. */
const AGAIN_MS = 15 * 60_000
const KEY = 'display-release'

/**
 * Reloads the page, with its address and so its settings, when a new release is served: at a quiet moment.
 */
export class Release {
  #own: string
  #address: string
  #isOver = false
  #served = ''

  /** @param page its release, and where to ask for the present one */
  constructor({ own, address }: { own: string; address: string }) {
    this.#own = own
    this.#address = address
  }

  /** Asks which release is served; at each connection, for a server that was not away has not changed. */
  async check(): Promise<void> {
    try {
      const answer = await fetch(this.#address, { cache: 'no-store' })
      const { release } = answer.ok ? ((await answer.json()) as { release: string }) : { release: this.#own }
      this.#isOver = release !== this.#own && !isTriedOfLate(release)
      if (this.#isOver) this.#served = release
    } catch {
      // Away again: the next connection asks again.
    }
  }

  /** Call it when nobody would miss a second of the screen. */
  reloadIfOver(): void {
    if (!this.#isOver) return
    this.#isOver = false
    sessionStorage.setItem(KEY, JSON.stringify({ release: this.#served, atMs: new Date().getTime() }))
    location.reload()
  }
}

function isTriedOfLate(release: string): boolean {
  const tried = JSON.parse(sessionStorage.getItem(KEY) ?? '{}') as { release?: string; atMs?: number }
  return tried.release === release && Math.abs(new Date().getTime() - (tried.atMs ?? 0)) < AGAIN_MS
}
