import { io } from 'socket.io-client'
import type { Screen } from '../../../src/displays/screen.shape.js'
import { exchange } from '../kit/api.js'
import { follow } from '../kit/feed.js'
import { type Board, isBoard } from './calls.js'

/** B2; oftener while there is no socket: a screen works without one. */
const SNAPSHOT_MS = 30_000
const WITHOUT_SOCKET_MS = 5000
/** A gap in the versions is no news to a busy room: many screens may share one address and its limits. */
const GAP_MS = 10_000
const PATIENCE_MS = 8000

interface Listener {
  hear: (board: Board) => void
  hearScreen: (screen: Screen) => void
  lost: () => void
  /** The socket is (again) there. */
  up: () => void
}

/**
 * Everything the server says of one site's screen – its board, and what stands around it: by the one socket, and as
 * snapshots that are asked for (B2, B4).
 */
export class Feed {
  #site: string
  #listener: Listener
  #isUp = false
  #isAsking = false
  #askedMs = -GAP_MS
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(site: string, listener: Listener) {
    this.#site = site
    this.#listener = listener
    void this.ask()
    follow<{ board: unknown; screen: Screen }>(io, '/board', {
      auth: { site },
      on: {
        board: (board) => void (isBoard(board) && listener.hear(board)),
        screen: (screen) => listener.hearScreen(screen),
      },
      up: () => this.#setUp(true),
      down: () => this.#setUp(false),
    })
  }

  /** Asks for the snapshot now, once at a time: after sleep, or when the network is back. */
  async ask(): Promise<void> {
    if (this.#isAsking) return
    this.#isAsking = true
    this.#askedMs = performance.now()
    const [board, screen] = await Promise.all([read(this.#site, 'board'), read<Screen>(this.#site, 'screen')])
    this.#isAsking = false
    if (screen) this.#listener.hearScreen(screen)
    if (isBoard(board)) this.#listener.hear(board)
    else if (!this.#isUp) this.#listener.lost()
    this.#askLater()
  }

  /** Versions are missing between the last two boards. */
  gap(): void {
    if (performance.now() - this.#askedMs >= GAP_MS) void this.ask()
  }

  #setUp(isUp: boolean): void {
    // Each vain try to connect says `down` once more.
    if (isUp === this.#isUp) return
    this.#isUp = isUp
    if (isUp) this.#listener.up()
    else this.#listener.lost()
    this.#askLater()
  }

  #askLater(): void {
    clearTimeout(this.#timer)
    const ms = this.#isUp ? SNAPSHOT_MS : WITHOUT_SOCKET_MS
    // Two hundred screens that came back together do not ask together.
    this.#timer = setTimeout(() => void this.ask(), ms * (0.9 + Math.random() / 5))
  }
}

/** What the server says; null when there is no answer. */
async function read<Body>(site: string, what: 'board' | 'screen'): Promise<Body | null> {
  try {
    const { ok, body } = await exchange<Body>(`/sites/${site}/${what}`, { patienceMs: PATIENCE_MS })
    return ok ? (body ?? null) : null
  } catch {
    return null
  }
}
