import { closeSync, existsSync, mkdirSync, openSync, readSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'

/** The embedded database's file in `dataDir`. */
export const sqliteFile = (dataDir: string): string => join(dataDir, 'turno.sqlite')

/** The log of changes that are not yet in the file. */
export const walFile = (dataDir: string): string => `${sqliteFile(dataDir)}-wal`

/** It may grow beyond that while a long reader holds it; afterwards it is cut back. */
export const WAL_BYTES = 16 * 1024 * 1024

export const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0

/** Every SQLite file begins so. */
const HEADER = 'SQLite format 3\0'

const WHAT_TO_DO =
  'Put a backup in its place (docs/operations.md, Backup and restore), or move everything that begins with turno.sqlite out of the folder to start with an empty database.'

/**
 * A file that is missing is made; one that is there must be whole: to begin anew on a lost one, or to write on in a damaged
 * one, would hide what has happened until it is too late. @throws Error that says what to do
 */
export function readyFile(dataDir: string): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const file = sqliteFile(dataDir)
  if (existsSync(file)) assertWhole(file)
  else if (sizeOf(walFile(dataDir)) > 0)
    throw new Error(`${file} is missing, but ${walFile(dataDir)} holds changes of it. ${WHAT_TO_DO}`)
  else makeFile(file)
}

/** Under its own name only when it is one: a process that is killed meanwhile leaves no empty file behind. */
function makeFile(file: string): void {
  const unfinished = `${file}-new`
  rmSync(unfinished, { force: true })
  const database = new Database(unfinished)
  database.pragma('journal_mode = WAL')
  database.close()
  renameSync(unfinished, file)
}

function assertWhole(file: string): void {
  if (sizeOf(file) === 0) throw new Error(`${file} is empty (0 bytes): the data that was in it is gone. ${WHAT_TO_DO}`)
  const fault = headerOf(file) === HEADER ? faultOf(file) : 'it is no SQLite file'
  if (fault !== null) throw new Error(`${file} is damaged (${fault}). ${WHAT_TO_DO}`)
}

function headerOf(file: string): string {
  const descriptor = openSync(file, 'r')
  const bytes = Buffer.alloc(HEADER.length)
  readSync(descriptor, bytes, 0, bytes.length, 0)
  closeSync(descriptor)
  return bytes.toString('latin1')
}

/** The first fault that SQLite itself finds; about a second for each gigabyte. */
function faultOf(file: string): string | null {
  const database = new Database(file, { fileMustExist: true, timeout: 0 })
  try {
    const found = database.pragma('quick_check(1)', { simple: true }) as string
    return found === 'ok' ? null : found
  } catch (error) {
    const { code = '', message } = error as { code?: string; message: string }
    // Somebody else writes: then it is not for us to say.
    return code.startsWith('SQLITE_BUSY') ? null : message
  } finally {
    database.close()
  }
}
