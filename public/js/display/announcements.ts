import { type Call, callKey } from './calls.js'

/** B3: each call has the screen to itself at least so long. */
export const LEAST_MS = 4000
/** Voices that never say that they have ended must not hold up the next one (sound.ts gives up sooner). */
const MOST_MS = 15_000
/** Who was called so long ago has seen it; a queue that stood still (a sleeping tab) does not catch up aloud. */
const OLD_MS = 90_000
/** As many as a board shows: more cannot wait without some being old. */
const MOST_WAITING = 10

export interface Announcer {
  /** Chime and voice; settles when they have ended. */
  speak: (call: Call) => Promise<void>
  /** The call that is announced now; null: none. */
  show: (call: Call | null) => void
  wait: (ms: number) => Promise<void>
  /** The server's time, epoch ms. */
  now: () => number
}

/** Announces calls one at a time, in order, none cut off (B3, case I01). */
export class Announcements {
  #waiting: Call[] = []
  #busy = false
  #announcer: Announcer

  constructor(announcer: Announcer) {
    this.#announcer = announcer
  }

  /** How many are announced now or wait for it. */
  get length(): number {
    return this.#waiting.length + (this.#busy ? 1 : 0)
  }

  /** @param calls oldest first; one whose number still waits takes its place there: it is said once */
  add(calls: readonly Call[]): void {
    for (const call of calls) {
      const place = this.#waiting.findIndex(({ number }) => number === call.number)
      if (place === -1) this.#waiting.push(call)
      else this.#waiting[place] = call
    }
    this.#waiting.splice(0, this.#waiting.length - MOST_WAITING)
    if (!this.#busy) void this.#run()
  }

  /**
   * Forgets what waits and was taken back (Q5): it is no longer on the board, though older calls are.
   * @param calls of the board, newest first
   */
  keep(calls: readonly Call[]): void {
    const shown = new Set(calls.map(callKey))
    const oldest = calls[calls.length - 1]
    this.#waiting = this.#waiting.filter(
      (call) => shown.has(callKey(call)) || (oldest !== undefined && call.calledAt < oldest.calledAt),
    )
  }

  async #run(): Promise<void> {
    const { now } = this.#announcer
    this.#busy = true
    for (let call = this.#waiting.shift(); call; call = this.#waiting.shift()) {
      if (now() - Date.parse(call.calledAt) <= OLD_MS) await this.#announce(call)
    }
    this.#busy = false
    this.#show(null)
  }

  /** Whatever fails on the way, a picture or a voice: the next call is not kept waiting. */
  async #announce(call: Call): Promise<void> {
    const { speak, wait } = this.#announcer
    this.#show(call)
    const spoken = Promise.resolve(call)
      .then(speak)
      .catch(() => undefined)
    await Promise.all([wait(LEAST_MS), Promise.race([spoken, wait(MOST_MS)])])
  }

  #show(call: Call | null): void {
    try {
      this.#announcer.show(call)
    } catch {
      // The page draws itself every second: there it is seen, and here in nobody's way.
    }
  }
}
