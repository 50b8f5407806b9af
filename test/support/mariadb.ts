import { type ChildProcess, execFile } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createConnection } from 'mysql2/promise'
import { atEnd } from './at-end.js'
import { findProgram, programPath } from './programs.js'
import { answers, endServer, freePort, removeFolder, startServer, temporaryFolder, untilReady } from './servers.js'

/** mariadbd refuses to run as root unless told so. */
const asUser = process.getuid?.() === 0 ? ['--user=root'] : []

/**
 * A private MariaDB on a free port, with its data in a temporary folder. It is as durable as a real
 * one, so that `kill()` and `start()` show what a crash keeps. Ready about 700 ms after `create`, 120 ms after `start`.
 */
export class MariaDb {
  private child: ChildProcess | null = null
  private databases = 0

  protected constructor(
    protected readonly folder: string,
    readonly port: number,
    /** The account it runs under; null: ours. */
    private readonly as: string | null = null,
    /** Of each start. */
    private readonly usual: readonly string[] = [],
  ) {}

  static async create(usual: readonly string[] = []): Promise<MariaDb> {
    const server = new MariaDb(temporaryFolder(), await freePort(), null, usual)
    atEnd(() => server.remove())
    await server.install()
    await server.start()
    await server.letIn()
    return server
  }

  /** Starts it (again) on the same data and port; resolves when it takes connections. `options` such as `--sql-mode=…`. */
  async start(...options: string[]): Promise<void> {
    const logFile = join(this.folder, 'log')
    const args = this.argumentsWith(options)
    this.child = startServer({ program: programPath('MariaDB'), args, logFile, as: this.as })
    await untilReady(this.child, logFile, () => answers(this.port))
  }

  /** What a start says that only looks at the data, such as `--wsrep-recover`, and ends. */
  protected async lookInto(...options: string[]): Promise<string> {
    const logFile = join(this.folder, 'look')
    await rm(logFile, { force: true })
    const args = this.argumentsWith(options)
    const child = startServer({ program: programPath('MariaDB'), args, logFile, as: this.as })
    await new Promise((done) => child.once('exit', done))
    return readFile(logFile, 'utf8')
  }

  private argumentsWith(options: readonly string[]): string[] {
    return [
      '--no-defaults', // must be the first
      ...(this.as === null ? asUser : []),
      `--datadir=${join(this.folder, 'data')}`,
      // A server that starts deletes the temporary tables it finds: in /tmp those of its neighbours, which then crash.
      `--tmpdir=${this.folder}`,
      `--socket=${join(this.folder, 's')}`,
      `--pid-file=${join(this.folder, 'pid')}`,
      `--port=${this.port}`,
      '--bind-address=127.0.0.1',
      '--skip-name-resolve',
      '--skip-log-bin',
      '--performance-schema=OFF',
      '--character-set-server=utf8mb4',
      '--collation-server=utf8mb4_unicode_ci',
      '--default-time-zone=+00:00',
      '--max-connections=500',
      '--innodb-flush-log-at-trx-commit=1',
      '--innodb-log-file-size=64M',
      '--innodb-buffer-pool-size=256M',
      ...this.usual,
      ...options,
    ]
  }

  /** Ends it as a power cut of the machine's processes would: SIGKILL, nothing flushed by us. */
  async kill(): Promise<void> {
    if (this.child) await endServer(this.child, 'SIGKILL')
  }

  /** Stops it orderly; `start` brings it back. */
  async stop(): Promise<void> {
    if (this.child) await endServer(this.child, 'SIGTERM')
  }

  /** It hangs, as on a disk that answers no more: connections are taken, nothing is answered. */
  freeze(): void {
    this.child?.kill('SIGSTOP')
  }

  thaw(): void {
    this.child?.kill('SIGCONT')
  }

  /** Stops it for good and deletes its data. */
  async remove(): Promise<void> {
    await this.kill()
    removeFolder(this.folder)
  }

  /** The address of a database of this server, as `DATABASE_URL` takes it. `scheme` may be `mysql` too. */
  url(database: string, scheme: 'mariadb' | 'mysql' = 'mariadb'): string {
    return `${scheme}://app:app@127.0.0.1:${this.port}/${database}`
  }

  /** The address of a database that nobody else uses and that does not exist yet: the app creates it (contract.md). */
  freshDatabaseUrl(): Promise<string> {
    this.databases += 1
    return Promise.resolve(this.url(`turno_${this.databases}`))
  }

  /** Runs one statement as the server's administrator and gives its rows. */
  async execute(sql: string): Promise<unknown> {
    const admin = await createConnection({ socketPath: join(this.folder, 's'), user: 'root' })
    try {
      const [rows] = await admin.query(sql)
      return rows
    } finally {
      await admin.end()
    }
  }

  /** The account that `url` names. */
  protected async letIn(): Promise<void> {
    await this.execute("CREATE USER app@'127.0.0.1' IDENTIFIED BY 'app'")
    await this.execute("GRANT ALL ON *.* TO app@'127.0.0.1'")
  }

  protected async install(): Promise<void> {
    const installer = findProgram('mariadb-install-db')
    if (installer === null) throw new Error('mariadb-install-db is missing beside mariadbd')
    await promisify(execFile)(installer, [
      '--no-defaults',
      ...asUser,
      `--datadir=${join(this.folder, 'data')}`,
      '--basedir=/usr',
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
      '--skip-name-resolve',
    ])
  }
}

/**
 * It never waits for the disk: what it has written is kept by the system when its process is killed, and only lost with
 * the machine. For servers that no test measures: a new table is made in a fraction of the time.
 */
export const WITHOUT_THE_DISK = ['--innodb-flush-method=nosync', '--debug-no-sync']

let shared: Promise<MariaDb> | undefined

/** The one MariaDB of this test run, started at first use. Tests that kill or stop one make their own with `create`. */
export const sharedMariaDb = (): Promise<MariaDb> => (shared ??= MariaDb.create(WITHOUT_THE_DISK))
