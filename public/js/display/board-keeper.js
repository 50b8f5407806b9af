import { newCalls } from './calls.js'

/** B2: after so long without a word the screen says since when it does not know. */
export const SILENCE_MS = 15_000
/** What a frozen tab or a broken network held back comes in one go, within this after the first word. */
const SETTLING_MS = 2000
/** A call that is so old when the screen first hears of it is shown, and not announced any more (B3). */
const BELATED_MS = 15_000
/** Versions only grow (B1); one that is lower so much later is of a house restored from its backup. */
const RESTORED_MS = 60_000

/** @typedef {import('./calls.js').Board} Board */
/** @typedef {import('./calls.js').Call} Call */
/** @typedef {{ steadyMs: number, wallMs: number }} Moment of the device: a clock nobody sets, and the one that knows sleep */
/** @typedef {{ taken: boolean, gap: boolean, calls: Call[] }} Heard `calls`: to announce, oldest first; `gap`: versions are missing */

/** @type {Heard} */
const NOTHING_NEW = { taken: false, gap: false, calls: [] }

/** The board as this screen knows it: the newest snapshot, since when nothing was heard, and what is to be announced. */
export class BoardKeeper {
  /** @type {Board | null} */
  board = null
  /** The board's `at`, and when the device heard it. */
  #atMs = 0
  #taken
  /** When it last heard anything. */
  #heard
  /** The end of the time in which nothing is announced; null: until the next word. */
  #settledMs = null

  /** @param {Moment} now */
  constructor(now) {
    this.#heard = now
    this.#taken = now
  }

  /** The connection is gone: what is called until the next word is shown then, and not announced (case I03). */
  lost() {
    this.#settledMs = null
  }

  /**
   * Takes in a snapshot, whichever way it came; older versions are dropped (B2).
   * @param {Board} board
   * @param {Moment} now
   * @returns {Heard}
   */
  hear(board, now) {
    const [before, atMs] = [this.board, Date.parse(board.at)]
    const isRestored = before !== null && board.version < before.version && atMs - this.#atMs > RESTORED_MS
    if (before !== null && board.version < before.version && !isRestored) return NOTHING_NEW
    const announces = this.#announces(now) && !isRestored
    this.#heard = now
    if (board.version === before?.version && atMs < this.#atMs) return NOTHING_NEW
    this.board = board
    this.#atMs = atMs
    this.#taken = now
    const isFresh = ({ calledAt }) => atMs - Date.parse(calledAt) <= BELATED_MS
    return {
      taken: true,
      gap: before !== null && board.version > before.version + 1,
      calls: announces ? newCalls(before?.calls ?? [], board.calls).filter(isFresh) : [],
    }
  }

  /** @param {Moment} now @returns {boolean} true when 15 s have passed without a word */
  isStale(now) {
    return passedMs(this.#heard, now) >= SILENCE_MS
  }

  /** @param {Moment} now @returns {number | null} the server's time, epoch ms; null before the first word */
  serverNow(now) {
    return this.board === null ? null : this.#atMs + (now.steadyMs - this.#taken.steadyMs)
  }

  /** Not the first word after a silence, nor what comes right behind it. */
  #announces(now) {
    if (this.#settledMs === null) this.#settledMs = now.steadyMs
    else if (this.isStale(now)) this.#settledMs = now.steadyMs + SETTLING_MS
    else return now.steadyMs >= this.#settledMs
    return false
  }
}

/** A device that slept has waited too, though its steady clock may have stood still; one whose time was set has not. */
const passedMs = (from, now) => Math.max(now.steadyMs - from.steadyMs, now.wallMs - from.wallMs)
