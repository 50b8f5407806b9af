import { copyFileSync, existsSync, mkdirSync, renameSync } from 'node:fs'
import Database from 'better-sqlite3'
import { sqliteFile } from './sqlite-file.js'

/** What belongs to an open database: without them it may lack its last commits. */
const PARTS = ['-shm', '-wal', '']

/** @throws Error that says why the file is no backup of this program */
export function assertSqliteBackup(file: string): void {
  let fault: string | null
  try {
    const backup = new Database(file, { readonly: true, fileMustExist: true })
    try {
      const isOurs = backup.prepare("SELECT 1 FROM sqlite_master WHERE name = 'migrations'").get() !== undefined
      const check = String(backup.pragma('quick_check', { simple: true }))
      fault = isOurs ? (check === 'ok' ? null : check) : 'it has no tables of Turno'
    } finally {
      backup.close()
    }
  } catch (error) {
    fault = error instanceof Error ? error.message : String(error)
  }
  if (fault !== null) throw new Error(`${file} is not a backup that could be restored: ${fault}`)
}

/**
 * Puts a backup in place of the database in `dataDir`; what was there stays beside it, under `aside`. Hold the folder's
 * lock. Killed in between, it leaves the old or the new one in place, never a mixture.
 */
export function putBackSqlite(dataDir: string, file: string, aside: string): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const target = sqliteFile(dataDir)
  copyFileSync(file, `${target}.new`)
  for (const part of PARTS) if (existsSync(target + part)) renameSync(target + part, aside + part)
  renameSync(`${target}.new`, target)
}
