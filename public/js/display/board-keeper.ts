import { type Board, type Call, newCalls } from './calls.js'

/** B2: after so long without a word the screen says since when it does not know. */
export const SILENCE_MS = 15_000
/** What a frozen tab or a broken network held back comes in one go, within this after the first word. */
const SETTLING_MS = 2000
/** A call that is so old when the screen first hears of it is shown, and not announced any more (B3). */
const BELATED_MS = 15_000
/** Versions only grow (B1); one that is lower so much later is of a house restored from its backup. */
const RESTORED_MS = 60_000

/** Of the device: a clock nobody sets, and the one that knows sleep. */
interface Moment {
  steadyMs: number
  wallMs: number
}

interface Heard {
  taken: boolean
  /** Versions are missing. */
  gap: boolean
  /** To announce, oldest first. */
  calls: Call[]
}

const NOTHING_NEW: Heard = { taken: false, gap: false, calls: [] }

/** The board as this screen knows it: the newest snapshot, since when nothing was heard, and what is to be announced. */
export class BoardKeeper {
  board: Board | null = null
  /** The board's `at`, and when the device heard it. */
  #atMs = 0
  #taken: Moment
  /** When it last heard anything. */
  #heard: Moment
  /** The end of the time in which nothing is announced; null: until the next word. */
  #settledMs: number | null = null

  constructor(now: Moment) {
    this.#heard = now
    this.#taken = now
  }

  /** The connection is gone: what is called until the next word is shown then, and not announced (case I03). */
  lost(): void {
    this.#settledMs = null
  }

  /** Takes in a snapshot, whichever way it came; older versions are dropped (B2). */
  hear(board: Board, now: Moment): Heard {
    const [before, atMs] = [this.board, Date.parse(board.at)]
    const isRestored = before !== null && board.version < before.version && atMs - this.#atMs > RESTORED_MS
    if (before !== null && board.version < before.version && !isRestored) return NOTHING_NEW
    const announces = this.#announces(now) && !isRestored
    this.#heard = now
    if (board.version === before?.version && atMs < this.#atMs) return NOTHING_NEW
    this.board = board
    this.#atMs = atMs
    this.#taken = now
    const isFresh = ({ calledAt }: Call) => atMs - Date.parse(calledAt) <= BELATED_MS
    return {
      taken: true,
      gap: before !== null && board.version > before.version + 1,
      calls: announces ? newCalls(before?.calls ?? [], board.calls).filter(isFresh) : [],
    }
  }

  /** @returns true when 15 s have passed without a word */
  isStale(now: Moment): boolean {
    return passedMs(this.#heard, now) >= SILENCE_MS
  }

  /** @returns the server's time, epoch ms; null before the first word */
  serverNow(now: Moment): number | null {
    return this.board === null ? null : this.#atMs + (now.steadyMs - this.#taken.steadyMs)
  }

  /** Not the first word after a silence, nor what comes right behind it. */
  #announces(now: Moment): boolean {
    if (this.#settledMs === null) this.#settledMs = now.steadyMs
    else if (this.isStale(now)) this.#settledMs = now.steadyMs + SETTLING_MS
    else return now.steadyMs >= this.#settledMs
    return false
  }
}

/** A device that slept has waited too, though its steady clock may have stood still; one whose time was set has not. */
const passedMs = (from: Moment, now: Moment): number => Math.max(now.steadyMs - from.steadyMs, now.wallMs - from.wallMs)
