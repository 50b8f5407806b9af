import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'

/**
 * One process per embedded database (T13). The lock is an open transaction on a file of its own: the system drops it
 * however the process ends, so nothing stale is ever left. @returns its release
 * @throws Error that says what to do when another process has it
 */
export function lockDataDir(dataDir: string): () => void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const lock = new Database(join(dataDir, 'turno.lock'), { timeout: 0 })
  try {
    lock.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    throw new Error(
      `Another Turno is using ${dataDir}. Stop it first, or give this one its own DATA_DIR; for several processes use DATABASE_URL.`,
      { cause: error },
    )
  }
  return () => lock.close()
}
