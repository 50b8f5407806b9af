import type { QueryRunner } from 'typeorm'
import { AppError } from '../../kernel/app-error.js'
import { isWorthRetrying } from './db-errors.js'

/** The error refuses, but what was written before it stays. */
export const keepsWrites = (error: unknown): boolean => error instanceof AppError && error.keepsWrites

/** Runs a part that is undone alone when it throws; `keepsWrites` holds here too. */
export async function savepoint<T>(runner: QueryRunner, part: () => Promise<T>): Promise<T> {
  await runner.startTransaction()
  try {
    const value = await part()
    await runner.commitTransaction()
    return value
  } catch (error) {
    if (keepsWrites(error)) await runner.commitTransaction()
    // A deadlock has already ended the whole transaction, savepoint included.
    else if (!isWorthRetrying(error)) await runner.rollbackTransaction()
    throw error
  }
}
