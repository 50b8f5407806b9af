import { MINUTE_MS } from '../../kernel/clock.js'

/** Tells milliseconds that never go back. */
type Stopwatch = () => number

const uptime: Stopwatch = () => performance.now()

/** A store of so many that fills again with time: for what may come in a burst and not for ever. */
class Store {
  private left: number
  private seenMs: number

  /** @param refillMs how long it takes until there is one more */
  constructor(
    private readonly most: number,
    private readonly refillMs: number,
    private readonly nowMs: Stopwatch,
  ) {
    this.left = most
    this.seenMs = nowMs()
  }

  /** @returns false when there is none left */
  take(): boolean {
    this.refill()
    if (this.left < 1) return false
    this.left -= 1
    return true
  }

  isFull(): boolean {
    this.refill()
    return this.left === this.most
  }

  private refill(): void {
    const nowMs = this.nowMs()
    this.left = Math.min(this.most, this.left + (nowMs - this.seenMs) / this.refillMs)
    this.seenMs = nowMs
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
 * What one connection may say (T57): a page asks for a namespace and answers pings; it commands nothing. Counted before
 * anything is looked up or parsed, and never lifted: no page, and no program that measures, comes near it.
 */
export class Talk {
  private readonly packets: Store
  private readonly connects: Store
  private readonly others: Store

  constructor(nowMs = uptime) {
    this.packets = new Store(60, 1000, nowMs)
    this.connects = new Store(10, 30_000, nowMs)
    this.others = new Store(3, MINUTE_MS, nowMs)
  }

  /** @returns false when the connection is to end */
  admits({ type, data }: Packet): boolean {
    if (!this.packets.take()) return false
    if (type !== 'message') return true
    const kind = typeof data === 'string' ? data.charAt(0) : ''
    if (kind === DISCONNECT) return true
    return kind === CONNECT ? this.connects.take() : this.others.take()
  }
}

/** How often each address may do something: so many at once, and as many again in each minute. */
export class Pace {
  private readonly stores = new Map<string, Store>()
  private lookedAtMs: number

  constructor(
    private readonly perMinute: number,
    private readonly nowMs = uptime,
  ) {
    this.lookedAtMs = nowMs()
  }

  get size(): number {
    return this.stores.size
  }

  admits(key: string): boolean {
    if (this.perMinute === Number.POSITIVE_INFINITY) return true
    this.forget()
    const store = this.stores.get(key) ?? new Store(this.perMinute, MINUTE_MS / this.perMinute, this.nowMs)
    this.stores.set(key, store)
    return store.take()
  }

  /** Whose store is full again counts as one who never came. */
  private forget(): void {
    const nowMs = this.nowMs()
    if (nowMs - this.lookedAtMs < MINUTE_MS) return
    this.lookedAtMs = nowMs
    for (const [key, store] of this.stores) if (store.isFull()) this.stores.delete(key)
  }
}
