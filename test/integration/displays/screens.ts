import { io, type Socket } from 'socket.io-client'
import { Announcements } from '../../../public/js/display/announcements.js'
import { BoardKeeper } from '../../../public/js/display/board-keeper.js'
import { type Board, isBoard } from '../../../public/js/display/calls.js'

const moment = () => ({ steadyMs: performance.now(), wallMs: Date.now() })

/** A display without a face: the socket as public/js/kit/feed.ts opens it, and the display's own modules behind it. */
export class Screen {
  readonly announced: string[] = []
  readonly versions: number[] = []
  /** How often its socket has connected. */
  connections = 0
  private readonly keeper = new BoardKeeper(moment())
  private readonly socket: Socket
  private readonly announcements = new Announcements({
    show: (call) => void (call && this.announced.push(`${call.number} ${call.times}`)),
    speak: () => Promise.resolve(),
    wait: () => Promise.resolve(),
    now: () => this.keeper.serverNow(moment()) ?? 0,
  })

  constructor(url: string, site = 'legnano') {
    const options = { reconnectionDelay: 500, reconnectionDelayMax: 3000, timeout: 5000 }
    this.socket = io(`${url}/board`, { ...options, auth: { site }, forceNew: true })
    this.socket.on('board', (board: unknown) => isBoard(board) && this.hear(board as Board))
    this.socket.on('connect', () => (this.connections += 1))
    this.socket.on('disconnect', () => this.keeper.lost())
    this.socket.on('connect_error', () => {
      if (!this.socket.active) setTimeout(() => this.socket.connect(), 3000)
    })
  }

  get board(): Board | null {
    return this.keeper.board
  }

  get isConnected(): boolean {
    return this.socket.connected
  }

  close(): void {
    this.socket.close()
  }

  private hear(board: Board): void {
    const { taken, calls } = this.keeper.hear(board, moment())
    if (taken) this.announcements.keep(board.calls)
    this.announcements.add(calls)
    this.versions.push(this.keeper.board?.version ?? 0)
  }
}

/** @throws after `ms` with how many did not see it. @returns milliseconds waited */
export async function allSee(screens: Screen[], what: (screen: Screen) => boolean, ms: number): Promise<number> {
  const startedMs = performance.now()
  for (;;) {
    const left = screens.filter((screen) => !what(screen)).length
    const waitedMs = performance.now() - startedMs
    if (left === 0) return waitedMs
    if (waitedMs > ms) throw new Error(`${left} of ${screens.length} screens do not see it after ${ms} ms`)
    await new Promise((done) => setTimeout(done, 10))
  }
}
