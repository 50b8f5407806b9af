import { randomUUID } from 'node:crypto'
import type { DataSource } from 'typeorm'
import { createLeaseTable } from './cluster.js'
import { isWorthRetrying } from './db-errors.js'

/** How often the holder shows that it lives, and others look. */
const BEAT_MS = 1000
const LOOK_MS = 200
/** A holder that has shown no life for so long is dead: it was killed while it changed the tables. */
const DEAD_MS = 8000
/** Long enough for another instance to finish its migrations, short enough to notice one that hangs. */
const PATIENCE_MS = 120_000

interface Lease {
  holder: string | null
  beat: number
}

const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))

/**
 * Runs `work` while no other instance does. GET_LOCK is each node's own on a cluster; a row that is really written is
 * not. No clock is compared with another's: whoever waits watches the holder's beat.
 * @throws Error when another instance is still at it after two minutes
 */
export async function withMigrationLease<T>(dataSource: DataSource, work: () => Promise<T>): Promise<T> {
  const me = randomUUID()
  await createLeaseTable(dataSource)
  await write(dataSource, 'INSERT IGNORE INTO migration_lease VALUES (1, NULL, 0)')
  await takeLease(dataSource, me)
  const beating = setInterval(() => void beat(dataSource, me), BEAT_MS)
  try {
    return await work()
  } finally {
    clearInterval(beating)
    await write(dataSource, 'UPDATE migration_lease SET holder = NULL, beat = beat + 1 WHERE id = 1 AND holder = ?', me)
  }
}

async function takeLease(dataSource: DataSource, me: string): Promise<void> {
  let seen = { beat: -1, sinceMs: 0 }
  for (const startedMs = performance.now(); performance.now() - startedMs < PATIENCE_MS; await sleep(LOOK_MS)) {
    const [is] = await dataSource.query<Lease[]>('SELECT holder, beat FROM migration_lease WHERE id = 1')
    if (!is) continue
    if (is.beat !== seen.beat) seen = { beat: is.beat, sinceMs: performance.now() }
    const isFree = is.holder === null || performance.now() - seen.sinceMs > DEAD_MS
    if (isFree && (await claim(dataSource, me, is.beat))) return
  }
  throw new Error('Another instance is still changing the tables. Try again when it is done.')
}

const claim = (dataSource: DataSource, me: string, seen: number): Promise<boolean> =>
  write(dataSource, 'UPDATE migration_lease SET holder = ?, beat = beat + 1 WHERE id = 1 AND beat = ?', me, seen)

/** A beat that fails is followed by another. */
const beat = (dataSource: DataSource, me: string): Promise<unknown> =>
  write(dataSource, 'UPDATE migration_lease SET beat = beat + 1 WHERE id = 1 AND holder = ?', me).catch(() => undefined)

/** One statement, committed at once. @returns false also when a write of another node was first */
async function write(dataSource: DataSource, sql: string, ...values: unknown[]): Promise<boolean> {
  const runner = dataSource.createQueryRunner()
  try {
    return (await runner.query(sql, values, true)).affected === 1
  } catch (error) {
    if (isWorthRetrying(error)) return false
    throw error
  } finally {
    await runner.release()
  }
}
