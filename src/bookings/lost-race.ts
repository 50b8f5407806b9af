import { AppError } from '../kernel/app-error.js'

/** Somebody else changed the booking in the same moment: then theirs holds, and there is nothing left to do. */
export function ignoreLostRace(error: unknown): void {
  if (!(error instanceof AppError && error.code === 'state')) throw error
}
