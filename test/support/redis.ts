import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { atEnd } from './at-end.js'
import { programPath } from './programs.js'
import { answers, endServer, freePort, removeFolder, startServer, temporaryFolder, untilReady } from './servers.js'

/** A private Redis on a free port that keeps nothing on disk. Ready after about 30 ms, also after `kill` and `start`. */
export class Redis {
  private child: ChildProcess | null = null

  private constructor(
    private readonly folder: string,
    readonly port: number,
  ) {}

  static async create(): Promise<Redis> {
    const server = new Redis(temporaryFolder(), await freePort())
    atEnd(() => server.remove())
    await server.start()
    return server
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`
  }

  /** Starts it (again, empty) on the same port. */
  async start(): Promise<void> {
    const logFile = join(this.folder, 'log')
    const args = [
      '--port',
      `${this.port}`,
      '--bind',
      '127.0.0.1',
      '--dir',
      this.folder,
      '--save',
      '',
      '--appendonly',
      'no',
    ]
    this.child = startServer({ program: programPath('Redis'), args, logFile })
    await untilReady(this.child, logFile, () => answers(this.port, 'PING\r\n'))
  }

  async kill(): Promise<void> {
    if (this.child) await endServer(this.child, 'SIGKILL')
  }

  /** It takes connections and answers nothing, until `thaw`. */
  freeze(): void {
    this.child?.kill('SIGSTOP')
  }

  thaw(): void {
    this.child?.kill('SIGCONT')
  }

  async remove(): Promise<void> {
    await this.kill()
    removeFolder(this.folder)
  }
}

let shared: Promise<Redis> | undefined

/** The one Redis of this test run, started at first use; guard the suite with `describeWith('Redis', …)`. */
export const sharedRedis = (): Promise<Redis> => (shared ??= Redis.create())
