import { connect, type Socket } from 'node:net'
import { sleep } from './servers.js'

/** A connection that says exactly what it is told to, as no browser would. */
export class RawClient {
  heard = ''
  isOpen = true
  readonly socket: Socket
  private readonly closed: Promise<void>

  constructor(url: string) {
    const { hostname, port } = new URL(url)
    this.socket = connect(Number(port), hostname)
    this.socket.on('data', (piece) => {
      this.heard += piece.toString('latin1')
    })
    this.socket.on('error', () => undefined)
    this.closed = new Promise((done) =>
      this.socket.once('close', () => {
        this.isOpen = false
        done()
      }),
    )
  }

  say(text: string): this {
    this.socket.write(text)
    return this
  }

  /** How many answers came. */
  get answers(): number {
    return this.heard.split('HTTP/1.1 ').length - 1
  }

  async untilAnswered(count = 1): Promise<void> {
    for (let tries = 0; tries < 500 && this.answers < count && this.isOpen; tries++) await sleep(10)
  }

  /** @returns after how many ms the other side closed; null when it had not after `mostMs` */
  async untilClosed(mostMs: number): Promise<number | null> {
    const startedMs = performance.now()
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<void>((done) => {
      timer = setTimeout(done, mostMs)
    })
    await Promise.race([this.closed, late])
    clearTimeout(timer)
    return this.isOpen ? null : performance.now() - startedMs
  }

  cut(): void {
    this.socket.destroy()
  }
}

/** Asks on a new connection. @returns the status and how long it took */
export async function freshGet(url: string, path: string): Promise<{ status: number; ms: number }> {
  const startedMs = performance.now()
  const client = new RawClient(url).say(`GET ${path} HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n`)
  await client.untilClosed(30_000)
  client.cut()
  return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(client.heard)?.[1] ?? 0), ms: performance.now() - startedMs }
}
