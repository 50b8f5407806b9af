import { createRequire } from 'node:module'
import type { DataSource, QueryRunner, ReplicationMode } from 'typeorm'
import { patientUntilMs } from '../errand.js'
import { within } from '../within.js'
import { isBusy } from './db-errors.js'

/**
 * TypeORM keeps one QueryRunner for all callers of an SQLite file, so that transactions of different requests run into
 * each other (typeorm#1884; docs/decisions/003). Here each caller gets a runner of its own: writers share one
 * connection behind a first-come lock, everything else reads from a second, read-only connection on the same WAL file.
 * It leans on driver internals; test/integration/platform/isolation.test.ts is what keeps it honest.
 */
const { BetterSqlite3QueryRunner } = createRequire(import.meta.url)(
  'typeorm/driver/better-sqlite3/BetterSqlite3QueryRunner',
) as typeof import('typeorm/driver/better-sqlite3/BetterSqlite3QueryRunner.js')

type Driver = ConstructorParameters<typeof BetterSqlite3QueryRunner>[0]
type Connection = Driver['databaseConnection']

const MESSAGE = 'SQLite writer lock timeout: is the outer DataSource used inside a transaction?'

/** First come, first served. @returns a function that waits for the lock and answers its release. */
function makeLock(timeoutMs: number) {
  let tail: Promise<void> = Promise.resolve()
  return async (): Promise<() => void> => {
    let free: () => void = () => undefined
    const before = tail
    tail = new Promise((resolve) => {
      free = resolve
    })
    try {
      await within(before, timeoutMs, () => new Error(MESSAGE))
      return free
    } catch (error) {
      void before.then(free)
      throw error
    }
  }
}

/** Between two looks at a lock that another process has. */
const LOOK_MS = 20

/** The driver's own way of waiting for another process's lock stops the event loop, health check included (T55). */
async function patiently<T>(begin: () => Promise<T>): Promise<T> {
  for (const endMs = patientUntilMs(); ; ) {
    try {
      return await begin()
    } catch (error) {
      if (!isBusy(error) || performance.now() > endMs) throw error
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
    }
  }
}

/** Call once, right after `dataSource.initialize()`, for a database that is a file. */
export function isolateSqlite(dataSource: DataSource, lockTimeoutMs = 5000): void {
  const driver = dataSource.driver as Driver
  const lock = makeLock(lockTimeoutMs)
  const statements = { write: new Map(), read: new Map() }
  let readConnection: Connection | undefined
  const reader = (): Connection =>
    (readConnection ??= new driver.sqlite(driver.options.database, { readonly: true, fileMustExist: true, timeout: 0 }))

  class Runner extends BetterSqlite3QueryRunner {
    private holding: Promise<void> | undefined
    private free: (() => void) | undefined
    private asked: Promise<unknown> = Promise.resolve()

    constructor(private readOnly: boolean) {
      super(driver)
      this.useStatements()
    }

    override connect(): Promise<Connection> {
      return Promise.resolve(this.readOnly ? reader() : driver.databaseConnection)
    }

    override async startTransaction(isolation?: Parameters<QueryRunner['startTransaction']>[0]): Promise<void> {
      this.readOnly = false
      this.useStatements()
      await this.hold()
      return super.startTransaction(isolation)
    }

    /** One after another: what is asked together keeps its order, however long the driver prepares a statement. */
    override query(sql: string, parameters?: unknown[], structured?: boolean): Promise<never> {
      const answer = this.asked.then(() => this.ask(sql, parameters, structured))
      this.asked = answer.catch(() => undefined)
      return answer
    }

    private async ask(sql: string, parameters?: unknown[], structured?: boolean): Promise<never> {
      await this.hold()
      // A deferred BEGIN that reads first fails at once with SQLITE_BUSY_SNAPSHOT when another process wrote (T13).
      if (sql === 'BEGIN TRANSACTION') return patiently(() => super.query('BEGIN IMMEDIATE') as Promise<never>)
      return super.query(sql, parameters, structured as true) as Promise<never>
    }

    override async release(): Promise<void> {
      await super.release()
      this.isReleased = true
      this.free?.()
      this.free = undefined
    }

    private useStatements(): void {
      Object.assign(this, { stmtCache: this.readOnly ? statements.read : statements.write })
    }

    private async hold(): Promise<void> {
      if (this.readOnly || this.free) return
      this.holding ??= lock().then((free) => {
        if (this.isReleased) free()
        else this.free = free
        this.holding = undefined
      })
      await this.holding
    }
  }

  driver.createQueryRunner = (mode: ReplicationMode) => new Runner(mode === 'slave')
  const disconnect = driver.disconnect.bind(driver)
  driver.disconnect = async () => {
    readConnection?.close()
    await disconnect()
  }
}
