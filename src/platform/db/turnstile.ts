import { unavailable } from '../../kernel/app-error.js'
import { patientUntilMs } from '../errand.js'

/** Lets at most `places` through at once; mysql2's pool has no limit of waiting time of its own (T05). */
export class Turnstile {
  private readonly waiting: (() => void)[] = []
  private free: number

  constructor(
    places: number,
    private readonly patienceMs = Number.POSITIVE_INFINITY,
  ) {
    this.free = places
  }

  /** @throws unavailable `database-busy` after `patienceMs`, or when its errand's patience is over (errand.ts). */
  async pass<T>(work: () => Promise<T>): Promise<T> {
    await this.enter()
    try {
      return await work()
    } finally {
      const next = this.waiting.shift()
      if (next) next()
      else this.free++
    }
  }

  private async enter(): Promise<void> {
    if (this.free > 0) {
      this.free--
      return
    }
    await new Promise<void>((resolve, reject) => {
      const go = () => {
        clearTimeout(timer)
        resolve()
      }
      const timer = setTimeout(
        () => {
          this.waiting.splice(this.waiting.indexOf(go), 1)
          reject(unavailable('database-busy'))
        },
        Math.min(this.patienceMs, patientUntilMs() - performance.now()),
      )
      this.waiting.push(go)
    })
  }
}
