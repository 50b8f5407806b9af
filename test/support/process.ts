import type { ChildProcess } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { atEnd } from './at-end.js'
import { build } from './built.js'
import { endServer, freePort, removeFolder, startServer, temporaryFolder, untilReady } from './servers.js'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..')

interface Options {
  /** Settings of contract.md; PORT, BASE_URL and DATA_DIR are filled in when missing. */
  env?: Record<string, string>
}

/** The app as a process of its own, built as `npm start` builds it, for what only a process shows: start, signals, exit codes, crashes, instances. */
export class AppProcess {
  private child: ChildProcess | null = null

  private constructor(
    private readonly args: readonly string[],
    readonly env: Readonly<Record<string, string>>,
    private readonly folder: string,
  ) {}

  /** Prepares a process with a free port and a new DATA_DIR; `start` starts it. Removed at the end of the run. */
  static async create({ env = {} }: Options = {}): Promise<AppProcess> {
    build()
    const folder = temporaryFolder()
    const args = ['--enable-source-maps', join(ROOT, 'dist/src/main.js')]
    const port = env['PORT'] ?? `${await freePort()}`
    const own = { PORT: port, BASE_URL: `http://127.0.0.1:${port}`, DATA_DIR: join(folder, 'data') }
    const app = new AppProcess(args, { ...own, ...env }, folder)
    atEnd(() => app.remove())
    return app
  }

  get url(): string {
    return `http://127.0.0.1:${this.env['PORT']}`
  }

  /** Null while it does not run. */
  get pid(): number | null {
    return this.child?.pid ?? null
  }

  /** Files and connections it has open (Linux). */
  get openFiles(): number {
    return readdirSync(`/proc/${this.child?.pid}/fd`).length
  }

  /** All it has printed, on standard output and standard error, over all its starts. */
  get output(): string {
    return readFileSync(this.logFile, 'utf8')
  }

  /**
   * Starts it (again) and waits for `/readyz`; `env` says what is otherwise this time.
   * @throws with the end of its output when it stops before or after 60 s
   */
  async start(env: Readonly<Record<string, string>> = {}): Promise<void> {
    await untilReady(this.spawn(env), this.logFile, () => this.isReady())
  }

  /** Runs it expecting it to stop by itself, as with wrong settings. @returns its exit code */
  async runToEnd(): Promise<number | null> {
    return exitOf(this.spawn())
  }

  /** Asks it to stop, as a service manager does. @returns its exit code, null when a signal ended it */
  async stop(): Promise<number | null> {
    return this.end('SIGTERM')
  }

  /** Ends it as a crash of the machine's processes would. */
  async kill(): Promise<void> {
    await this.end('SIGKILL')
  }

  async remove(): Promise<void> {
    await this.kill()
    removeFolder(this.folder)
  }

  private get logFile(): string {
    return join(this.folder, 'output')
  }

  private spawn(more: Readonly<Record<string, string>> = {}): ChildProcess {
    const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], TZ: process.env['TZ'], ...this.env, ...more }
    this.child = startServer({ program: process.execPath, args: this.args, logFile: this.logFile, env })
    return this.child
  }

  private async end(signal: NodeJS.Signals): Promise<number | null> {
    if (this.child) await endServer(this.child, signal)
    return this.child?.exitCode ?? null
  }

  private isReady(): Promise<boolean> {
    return fetch(`${this.url}/readyz`, { signal: AbortSignal.timeout(2000) }).then(
      (answer) => answer.ok,
      () => false,
    )
  }
}

const exitOf = (child: ChildProcess): Promise<number | null> =>
  new Promise((done) => (child.exitCode === null ? child.once('exit', done) : done(child.exitCode)))
