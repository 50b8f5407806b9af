import type { QueryRunner } from 'typeorm'
import { AppError } from '../../kernel/app-error.js'
import { isWorthRetrying } from './db-errors.js'
import { isSqlite } from './engine.js'

/** The error refuses, but what was written before it stays. */
export const keepsWrites = (error: unknown): boolean => error instanceof AppError && error.keepsWrites

/**
 * Ends a failed transaction, however deep in savepoints it failed: TypeORM's own rollback undoes one level, and after a
 * lock wait timeout (1205) the rest would be committed by whoever gets the connection next (T03). A connection that does
 * not even take the ROLLBACK is closed (statement-deadline.ts).
 */
export async function rollbackWhole(runner: QueryRunner): Promise<void> {
  if (runner.isTransactionActive) await runner.query('ROLLBACK').catch(() => undefined)
}

/** Runs a part that is undone alone when it throws; `keepsWrites` holds here too. */
export async function savepoint<T>(runner: QueryRunner, part: () => Promise<T>): Promise<T> {
  await runner.startTransaction()
  try {
    const value = await part()
    await runner.commitTransaction()
    return value
  } catch (error) {
    if (keepsWrites(error)) await runner.commitTransaction()
    // On a server a deadlock has already ended the whole transaction, savepoint included; the unit will be run again.
    else if (isSqlite(runner.dataSource) || !isWorthRetrying(error)) await runner.rollbackTransaction()
    throw error
  }
}
