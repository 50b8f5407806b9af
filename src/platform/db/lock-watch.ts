import { AsyncLocalStorage } from 'node:async_hooks'

export interface Statement {
  sql: string
  values: unknown
}

/** Statements of a unit under way, sent in one piece. */
export interface Piece {
  piece: readonly Statement[]
  /** How many of them have been answered: the next one is what it is at. */
  answered(): number
  giveUp(): void
}

interface Running extends Piece {
  sinceMs: number
}

const LOOK_MS = 50
/** A statement of a unit that takes so long waits for somebody: on a healthy server it takes a few milliseconds. */
const STUCK_MS = 1000
/** While rows are known to be held, nobody beyond `most` waits longer for one. */
const STUCK_WHEN_HOT_MS = 100
const HOT_MS = 5000

/** The row that a statement waits for, as well as it can be known from outside. */
const keyOf = ({ sql, values }: Statement): string => `${sql} ${JSON.stringify(values)}`

const keysOf = ({ piece }: Piece): string[] => piece.map(keyOf)

/** What it is at, and what it has behind it. */
const keysTried = (each: Piece): string[] => keysOf(each).slice(0, each.answered() + 1)

/**
 * A row that a stranger holds must not hold every place (T54). Of the units that are stuck in a statement, `most` may go on
 * waiting; those that came last give their places up. What they waited for is hot from then on: one at a time tries it, the
 * others are refused at once, until one gets through.
 */
export class LockWatch {
  private readonly running = new Set<Running>()
  /** What is hot, and until when. */
  private readonly hot = new Map<string, number>()
  private timer: NodeJS.Timeout | undefined

  constructor(private readonly most: number) {}

  /** Statements begin. @returns what to call when they have ended; null when they must not even be tried */
  begin(piece: Piece): (() => void) | null {
    if (this.hot.size > 0 && this.isTried(piece)) return null
    const running = { ...piece, sinceMs: performance.now() }
    this.running.add(running)
    this.timer ??= setInterval(() => this.look(), LOOK_MS).unref()
    return () => {
      this.running.delete(running)
      if (this.hot.size === 0 || ageOf(running) >= STUCK_WHEN_HOT_MS) return
      for (const key of keysTried(running)) this.hot.delete(key)
    }
  }

  private isTried(piece: Piece): boolean {
    const wanted = keysOf(piece).filter((key) => this.hot.has(key))
    return wanted.length > 0 && [...this.running].flatMap(keysOf).some((key) => wanted.includes(key))
  }

  private look(): void {
    this.cool()
    const patienceMs = this.hot.size > 0 ? STUCK_WHEN_HOT_MS : STUCK_MS
    const stuck = [...this.running].filter((running) => ageOf(running) > patienceMs)
    const until = performance.now() + HOT_MS
    const isCrowded = stuck.length > this.most
    for (const key of stuck.flatMap((running) => keysTried(running).slice(-1)))
      if (isCrowded || this.hot.has(key)) this.hot.set(key, until)
    for (const running of stuck.slice(this.most)) {
      this.running.delete(running)
      running.giveUp()
    }
    if (this.running.size > 0 || this.hot.size > 0) return
    clearInterval(this.timer)
    this.timer = undefined
  }

  private cool(): void {
    for (const [key, until] of this.hot) if (until < performance.now()) this.hot.delete(key)
  }
}

const ageOf = ({ sinceMs }: Running): number => performance.now() - sinceMs

const watches = new AsyncLocalStorage<LockWatch>()

/** Statements of `work` are watched: they wait for rows while they have a place. */
export const watched = <T>(watch: LockWatch, work: () => T): T => watches.run(watch, work)

export const currentWatch = (): LockWatch | undefined => watches.getStore()
