import type { Clock } from '../kernel/clock.js'
import type { EventBus, HouseEvents } from './events.js'

interface Deps {
  events: EventBus
  clock: Clock
}

/**
 * For answers made of what these events tell of: what was read before a change was told is not given any more after it. What
 * nobody tells – another instance without Redis, the clock – an answer outlives by a second at the most.
 */
export class Unchanged {
  private count = 0

  /** @param mostMs how old what was read may be */
  constructor(
    private readonly deps: Deps,
    names: readonly (keyof HouseEvents & string)[],
    private readonly mostMs = 1000,
  ) {
    for (const name of names) deps.events.on(name, () => this.count++)
  }

  /** Ask before reading. @returns whether nothing has been told since, and the clock shows the same second */
  since(): () => boolean {
    const { count, second } = this.now()
    const readAtMs = performance.now()
    return () => {
      const now = this.now()
      return now.count === count && now.second === second && performance.now() - readAtMs <= this.mostMs
    }
  }

  private now(): { count: number; second: number } {
    return { count: this.count, second: Math.floor(this.deps.clock().getTime() / 1000) }
  }
}
