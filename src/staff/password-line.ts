import { unavailable } from '../kernel/app-error.js'
import { Turnstile } from '../platform/db/turnstile.js'

/** A hash takes a thread of libuv's four and 19 MiB: one thread is always left for files and names. */
const PLACES = { known: 1, strangers: 2 } as const
/** Who has waited so long is told to come again. */
const PATIENCE_MS = 5000
/** About two seconds of work. One address alone leaves room for others. */
const MOST_STRANGERS = 60
const MOST_OF_ONE = 40

/** Where passwords wait to be hashed: who has signed in here before never stands behind a flood of strangers. */
export class PasswordLine {
  private readonly known = new Turnstile(PLACES.known, PATIENCE_MS)
  private readonly strangers = new Turnstile(PLACES.strangers, PATIENCE_MS)
  private readonly waiting = new Map<string, number>()
  private all = 0

  /** @param stranger where a stranger comes from; null for who is known @throws unavailable `sign-in-busy` */
  async pass<T>(stranger: string | null, work: () => Promise<T>): Promise<T> {
    if (stranger === null) return this.known.pass(work)
    const own = this.waiting.get(stranger) ?? 0
    if (this.all >= MOST_STRANGERS || own >= MOST_OF_ONE) throw unavailable('sign-in-busy')
    this.all += 1
    this.waiting.set(stranger, own + 1)
    try {
      return await this.strangers.pass(work)
    } finally {
      this.all -= 1
      const left = (this.waiting.get(stranger) ?? 1) - 1
      if (left > 0) this.waiting.set(stranger, left)
      else this.waiting.delete(stranger)
    }
  }
}
