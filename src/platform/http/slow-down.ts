import { AppError } from '../../kernel/app-error.js'

/** So many vain tries are a person's; what comes after waits for its turn. */
const FREE = 5
const REMEMBERED_MS = 600_000
const STEP_MS = 1000
/** A request stands in line for three seconds at most, at all doors together (errand.ts): who would wait longer is told to come again. */
const MOST_MS = 2500

/** Slows down who tries, one try after the other, and locks nobody out (X8, D6): a right try only takes longer. */
export interface SlowDown {
  /** Counts a try and waits for its turn. @throws too-many when too many wait already */
  turn(key: string): Promise<void>
  /** The last try of this key was in order. */
  right(key: string): void
}

const OFF: SlowDown = { turn: () => Promise.resolve(), right: () => undefined }

interface Tries {
  /** When each was made. */
  atMs: number[]
  /** When the last one that waits has had its turn. */
  freeAtMs: number
}

/** Counted by this process: a machine keeps to one instance, and the wait is as long at another. */
export function makeSlowDown(on: boolean, { stepMs = STEP_MS, mostMs = MOST_MS } = {}): SlowDown {
  if (!on) return OFF
  const known = new Map<string, Tries>()
  const turn = async (key: string): Promise<void> => {
    const nowMs = performance.now()
    forgetOld(known, nowMs)
    const tries = known.get(key) ?? { atMs: [], freeAtMs: 0 }
    known.set(key, tries)
    const waitMs = tries.atMs.length < FREE ? 0 : Math.max(0, tries.freeAtMs - nowMs) + stepMs
    if (waitMs > mostMs) {
      const retryAfterSeconds = Math.ceil((waitMs - mostMs) / 1000)
      throw new AppError('too-many', 'too-many-requests', { retryAfterSeconds })
    }
    tries.atMs.push(nowMs)
    tries.freeAtMs = nowMs + waitMs
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs))
  }
  const right = (key: string): void => void known.get(key)?.atMs.pop()
  return { turn, right }
}

function forgetOld(known: Map<string, Tries>, nowMs: number): void {
  for (const [key, tries] of known) {
    tries.atMs = tries.atMs.filter((atMs) => nowMs - atMs < REMEMBERED_MS)
    if (tries.atMs.length === 0) known.delete(key)
  }
}
