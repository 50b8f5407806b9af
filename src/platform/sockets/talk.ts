/** A store of so many that fills again with time: for what may come in a burst and not for ever. */
class Store {
  private left: number
  private seenMs = performance.now()

  constructor(
    private readonly most: number,
    private readonly refillMs: number,
  ) {
    this.left = most
  }

  /** @returns false when there is none left */
  take(): boolean {
    const nowMs = performance.now()
    this.left = Math.min(this.most, this.left + (nowMs - this.seenMs) / this.refillMs)
    this.seenMs = nowMs
    if (this.left < 1) return false
    this.left -= 1
    return true
  }
}

/** What Engine.IO says of a packet before anybody reads it. */
export interface Packet {
  type: string
  data?: unknown
}

/** Of Socket.IO's messages the first sign says the kind. */
const CONNECT = '0'
const DISCONNECT = '1'

/**
 * What one connection may say (T57): a page asks for two or three namespaces and answers pings; it commands nothing.
 * Counted before anything is looked up or parsed, and never lifted: no page of ours comes near it.
 */
export class Talk {
  private readonly packets = new Store(60, 1000)
  private readonly connects = new Store(10, 30_000)
  private readonly others = new Store(3, 60_000)

  /** @returns false when the connection is to end */
  admits({ type, data }: Packet): boolean {
    if (!this.packets.take()) return false
    if (type !== 'message') return true
    const kind = typeof data === 'string' ? data.charAt(0) : ''
    if (kind === DISCONNECT) return true
    return kind === CONNECT ? this.connects.take() : this.others.take()
  }
}

/** How often each address may do something, a minute; forgotten once it is long ago. */
export class Pace {
  private counts = new Map<string, number>()
  private sinceMs = performance.now()

  constructor(private readonly most: number) {}

  admits(key: string): boolean {
    if (performance.now() - this.sinceMs > 60_000) {
      this.counts = new Map()
      this.sinceMs = performance.now()
    }
    const count = (this.counts.get(key) ?? 0) + 1
    this.counts.set(key, count)
    return count <= this.most
  }
}
