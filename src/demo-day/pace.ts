import { MINUTE_MS } from '../kernel/clock.js'
import { setTimeout as sleep } from 'node:timers/promises'

/** How fast the morning goes, its chances, and what it tells. */
export interface Pace {
  /** Minutes of the morning; at speed 10 each takes six seconds. */
  wait(minutes: number): Promise<void>
  /** Real milliseconds; none when negative. */
  rest(ms: number): Promise<void>
  between(least: number, most: number): number
  oneIn(count: number): boolean
  say(line: string): void
}

interface Settings {
  speed: number
  say: (line: string) => void
  /** The same number gives the same chances. */
  seed: number
}

export function makePace({ speed, say, seed }: Settings): Pace {
  const random = randomOf(seed)
  const between = (least: number, most: number) => least + random() * (most - least)
  return {
    wait: (minutes) => sleep((minutes * MINUTE_MS) / speed),
    rest: (ms) => sleep(Math.max(0, ms)),
    between,
    oneIn: (count) => random() < 1 / count,
    say,
  }
}

/** mulberry32, public domain: enough for a demo that can be played again alike. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
