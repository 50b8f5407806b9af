import { setTimeout as pause } from 'node:timers/promises'
import { createClient, ErrorReply } from 'redis'
import type { Log } from './log.js'
import { within } from './within.js'

export type RedisClient = ReturnType<typeof createClient>

/** One answer of a Redis worth having; who waits longer does better without it. */
const ANSWER_MS = 500
/** TCP, TLS and the greeting. */
const CONNECT_MS = 2000
/** How often it is asked whether it is there. */
const ASK_EVERY_MS = 500
/** Silent for so long, it is dialled anew: the line may be dead where the server is not. */
const REDIAL_MS = 5000
const SLOWEST_RETRY_MS = 2000

const away = (): Error => new Error('Redis does not answer')

/**
 * The one connection to Redis. A server that hangs takes every connection and answers nothing (T51), and node-redis would
 * wait for ever: so every call has a deadline, after the first late one nobody waits until a ping comes back in time, and
 * a line that stays silent is dropped and dialled anew, with all subscriptions.
 */
export class RedisLink {
  /** The connection that answers; null while there is none. */
  private here: RedisClient | null = null
  private ended = false
  private readonly subscriptions: ((client: RedisClient) => Promise<unknown>)[] = []
  private connection: RedisClient | null = null
  private firstHere: () => void = () => undefined

  constructor(
    private readonly url: string,
    private readonly log: Log,
  ) {}

  /** Dials, and goes on dialling. @returns once it is there for the first time, or at the latest after `CONNECT_MS` */
  async open(): Promise<void> {
    const isHere = new Promise<void>((resolve) => {
      this.firstHere = resolve
    })
    void this.stay()
    const notYet = () => new Error(`REDIS_URL: cannot reach Redis at ${new URL(this.url).host}`)
    await within(isHere, CONNECT_MS, notYet).catch((error: unknown) => {
      this.log.warn({ err: error }, 'Redis does not answer: this process goes on without it and tries again')
    })
  }

  /** @throws at once while Redis is away, and after `ANSWER_MS` when it does not answer */
  async ask<T>(call: (client: RedisClient) => Promise<T>): Promise<T> {
    const client = this.here
    if (!client) throw away()
    try {
      return await within(call(client), ANSWER_MS, away)
    } catch (error) {
      // A refusal (`READONLY`, `OOM`) is an answer too: it is there.
      if (!(error instanceof ErrorReply) && this.here === client) this.here = null
      throw error
    }
  }

  /** Now, if it is there, and again each time it comes back. */
  subscribe(call: (client: RedisClient) => Promise<unknown>): void {
    this.subscriptions.push(call)
    if (this.connection?.isReady) void this.heard(call(this.connection))
  }

  /** @throws when Redis does not answer: `/readyz` says so */
  async ping(): Promise<void> {
    await this.ask((client) => client.ping())
  }

  async close(): Promise<void> {
    this.ended = true
    this.here = null
    if (this.connection?.isReady) await within(this.connection.close(), ANSWER_MS, away).catch(() => undefined)
    this.connection?.destroy()
  }

  private async stay(): Promise<void> {
    for (let tries = 1; !this.ended; tries++) {
      const client = this.dial()
      try {
        await within(client.connect(), CONNECT_MS, away)
        for (const call of this.subscriptions) void this.heard(call(client))
        if (await this.watch(client)) tries = 0
      } catch (error) {
        this.log.warn({ err: error }, 'redis')
      }
      this.here = null
      client.destroy()
      await pause(Math.min(tries * 100, SLOWEST_RETRY_MS), undefined, { ref: false })
    }
  }

  /** A client that connects once: whether and when to do so again is decided here. */
  private dial(): RedisClient {
    const socket = { connectTimeout: CONNECT_MS, reconnectStrategy: false } as const
    const client: RedisClient = createClient({ url: this.url, disableOfflineQueue: true, socket })
    client.on('error', (error: unknown) => {
      if (this.here !== client) return
      this.here = null
      this.log.warn({ err: error }, 'redis')
    })
    this.connection = client
    return client
  }

  /** Until it is closed, or silent for too long. @returns whether it ever answered */
  private async watch(client: RedisClient): Promise<boolean> {
    let [heardAtMs, wasHere] = [performance.now(), false]
    while (client.isReady && !this.ended && performance.now() - heardAtMs < REDIAL_MS) {
      try {
        await within(client.ping(), ANSWER_MS, away)
        heardAtMs = performance.now()
        wasHere = true
        if (!this.ended) this.here = client
        this.firstHere()
      } catch {
        this.here = null
      }
      await pause(ASK_EVERY_MS, undefined, { ref: false })
    }
    return wasHere
  }

  /** A subscription that fails falls with its connection, and is made again with the next. */
  private heard(subscribed: Promise<unknown>): Promise<void> {
    return subscribed.then(
      () => undefined,
      (error: unknown) => this.log.warn({ err: error }, 'a subscription at Redis failed'),
    )
  }
}

/** Starts the link; a Redis that is away delays the start, and stops nothing (T51). */
export async function openRedis(url: string, log: Log): Promise<RedisLink> {
  const link = new RedisLink(url, log)
  await link.open()
  return link
}
