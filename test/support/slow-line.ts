import { connect, createServer, type Server, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'

/** A way to a server of this machine on which every piece takes `delayMs`, which may be changed at any time. */
export class SlowLine {
  delayMs = 0
  private readonly ends = new Set<Socket>()

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  static async to(port: number): Promise<SlowLine> {
    const server = createServer()
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const line = new SlowLine(server, (server.address() as AddressInfo).port)
    server.on('connection', (near) => {
      const far = connect(port, '127.0.0.1')
      line.join(near, far)
      line.join(far, near)
    })
    return line
  }

  async close(): Promise<void> {
    for (const end of this.ends) end.destroy()
    await new Promise((done) => this.server.close(done))
  }

  private join(from: Socket, to: Socket): void {
    this.ends.add(from)
    const later = (step: () => void) => (this.delayMs > 0 ? setTimeout(step, this.delayMs) : step())
    from.on('data', (piece) => later(() => to.write(piece)))
    from.on('error', () => from.destroy())
    from.on('close', () => {
      this.ends.delete(from)
      later(() => to.destroy())
    })
  }
}
