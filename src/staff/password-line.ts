import { AppError, unavailable } from '../kernel/app-error.js'
import { Turnstile } from '../platform/db/turnstile.js'

/** A hash takes a core, a thread of libuv's four and 19 MiB: a thread is always left for files, and strangers get one core. */
const PLACES = { known: 2, strangers: 1 } as const
/** Who has waited so long is told to come again. */
const PATIENCE_MS = 3000
/**
 * Strangers who wait for a hash, and as many who have been slowed down and wait before it: together well below what the
 * house's door lets in, or it would be shut for all.
 */
const MOST_STRANGERS = 24
/** Of one network alone: the others find room. */
const MOST_OF_ONE = 8
const AGAIN_S = 2

const busy = (cause?: unknown): AppError => unavailable('sign-in-busy', cause)

/** Where passwords wait to be hashed: who has signed in here before never stands behind a flood of strangers. */
export class PasswordLine {
  private readonly known = new Turnstile(PLACES.known, PATIENCE_MS)
  private readonly strangers = new Turnstile(PLACES.strangers, PATIENCE_MS)
  private readonly hashing = new Room()
  private readonly slowed = new Room()

  /** Hashes for who is known. @throws unavailable `sign-in-busy` */
  hash<T>(work: () => Promise<T>, isStranger = false): Promise<T> {
    return (isStranger ? this.strangers : this.known).pass(work).catch((error: unknown) => {
      throw error instanceof AppError && error.kind === 'unavailable' ? busy(error) : error
    })
  }

  /** A stranger's attempt, the hash included. @param network where they come from @throws as `Room.stay` */
  attempt<T>(network: string, work: () => Promise<T>): Promise<T> {
    return this.hashing.stay(network, work)
  }

  /** A stranger who tries in vain waits here first, and takes the place of nobody who need not. @throws as `Room.stay` */
  slowDown(network: string, turn: () => Promise<void>): Promise<void> {
    return this.slowed.stay(network, turn)
  }
}

class Room {
  private readonly waiting = new Map<string, number>()
  private all = 0

  /** @throws at once: too-many `too-many-requests` for too many of one network; unavailable `sign-in-busy` */
  async stay<T>(network: string, work: () => Promise<T>): Promise<T> {
    const own = this.waiting.get(network) ?? 0
    if (own >= MOST_OF_ONE) throw new AppError('too-many', 'too-many-requests', { retryAfterSeconds: AGAIN_S })
    if (this.all >= MOST_STRANGERS) throw busy()
    this.all += 1
    this.waiting.set(network, own + 1)
    try {
      return await work()
    } finally {
      this.all -= 1
      const left = (this.waiting.get(network) ?? 1) - 1
      if (left > 0) this.waiting.set(network, left)
      else this.waiting.delete(network)
    }
  }
}
