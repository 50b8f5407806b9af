import { connect, createServer, type Server, type Socket } from 'node:net'
import { atEnd } from './at-end.js'

/** What one unit of work sent: each a round trip, as its text. */
export type Unit = string[]

/** COM_QUERY */
const QUERY = 3
const BEGINS = /^START TRANSACTION/
const ENDS = /(^|\n)(COMMIT|ROLLBACK)$/

/** The line between the app and its database server, on which is counted how often a unit of work goes there and back. */
export class CountedLine {
  /** Those that have ended. */
  readonly units: Unit[] = []
  /** All that was asked, in units of work and outside of them. */
  readonly asked: string[] = []
  private readonly sockets = new Set<Socket>()

  private constructor(private readonly server: Server) {}

  static async to(port: number): Promise<CountedLine> {
    const server = createServer()
    const line = new CountedLine(server)
    server.on('connection', (client) => line.join(client, connect(port, '127.0.0.1')))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    atEnd(() => line.close())
    return line
  }

  get port(): number {
    return (this.server.address() as { port: number }).port
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy()
    await new Promise((resolve) => this.server.close(resolve))
  }

  private join(client: Socket, server: Socket): void {
    const hear = this.listener()
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      this.sockets.add(from)
      from.setNoDelay(true)
      from.on('error', () => to.destroy())
      from.pipe(to)
    }
    client.on('data', hear)
  }

  /** Reads the packets of one connection: three bytes of length, the place in its exchange, what it says. */
  private listener(): (chunk: Buffer) => void {
    let rest = Buffer.alloc(0)
    let unit: Unit | null = null
    return (chunk) => {
      rest = Buffer.concat([rest, chunk])
      while (rest.length >= 4 && rest.length >= 4 + rest.readUIntLE(0, 3)) {
        const packet = rest.subarray(0, 4 + rest.readUIntLE(0, 3))
        rest = rest.subarray(packet.length)
        if (packet[3] !== 0 || packet[4] !== QUERY) continue
        const said = packet.subarray(5).toString('utf8')
        const text = said.slice(said.search(/[A-Z]/))
        this.asked.push(text)
        if (BEGINS.test(text)) unit = []
        unit?.push(text)
        if (!unit || !ENDS.test(text)) continue
        this.units.push(unit)
        unit = null
      }
    }
  }
}
