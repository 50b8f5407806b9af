import { io } from 'socket.io-client'
import { follow } from '../follow.js'
import { isBoard } from './calls.js'

/** B2; oftener while there is no socket: a screen works without one. */
const SNAPSHOT_MS = 30_000
const WITHOUT_SOCKET_MS = 5000
/** A gap in the versions is no news to a busy room: many screens may share one address and its limits. */
const GAP_MS = 10_000
const PATIENCE_MS = 8000

/**
 * @typedef {{ hear: (board: import('./calls.js').Board) => void, hearScreen: (screen: import('./screen.js').Screen) => void,
 *   lost: () => void, up: () => void }} Listener
 */

/**
 * Everything the server says of one site's screen – its board, and what stands around it: by the one socket, and as
 * snapshots that are asked for (B2, B4).
 */
export class Feed {
  #site
  #listener
  #isUp = false
  #isAsking = false
  #askedMs = -GAP_MS
  #timer

  /**
   * @param {string} site
   * @param {Listener} listener `up`: the socket is (again) there
   */
  constructor(site, listener) {
    this.#site = site
    this.#listener = listener
    void this.ask()
    follow(io, '/board', {
      auth: { site },
      on: { board: (board) => isBoard(board) && listener.hear(board), screen: (screen) => listener.hearScreen(screen) },
      up: () => this.#setUp(true),
      down: () => this.#setUp(false),
    })
  }

  /** Asks for the snapshot now, once at a time: after sleep, or when the network is back. */
  async ask() {
    if (this.#isAsking) return
    this.#isAsking = true
    this.#askedMs = performance.now()
    const [board, screen] = await Promise.all(['board', 'screen'].map((what) => read(this.#site, what)))
    this.#isAsking = false
    if (screen) this.#listener.hearScreen(screen)
    if (isBoard(board)) this.#listener.hear(board)
    else if (!this.#isUp) this.#listener.lost()
    this.#askLater()
  }

  /** Versions are missing between the last two boards. */
  gap() {
    if (performance.now() - this.#askedMs >= GAP_MS) void this.ask()
  }

  #setUp(isUp) {
    // Each vain try to connect says `down` once more.
    if (isUp === this.#isUp) return
    this.#isUp = isUp
    if (isUp) this.#listener.up()
    else this.#listener.lost()
    this.#askLater()
  }

  #askLater() {
    clearTimeout(this.#timer)
    const ms = this.#isUp ? SNAPSHOT_MS : WITHOUT_SOCKET_MS
    // Two hundred screens that came back together do not ask together.
    this.#timer = setTimeout(() => void this.ask(), ms * (0.9 + Math.random() / 5))
  }
}

/** @returns what the server says; null when there is no answer */
async function read(site, what) {
  const stop = new AbortController()
  const timer = setTimeout(() => stop.abort(), PATIENCE_MS)
  try {
    const answer = await fetch(`/api/v1/sites/${site}/${what}`, { cache: 'no-store', signal: stop.signal })
    return answer.ok ? await answer.json() : null
  } catch {
    return null
  } finally {
    clearTimeout(timer)
  }
}
