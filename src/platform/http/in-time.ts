import type { ErrorRequestHandler, RequestHandler } from 'express'
import { unavailable } from '../../kernel/app-error.js'

/** As long as a unit of work may wait for its turn and then for a lock; mysql2 itself would wait without end (T05). */
const DEADLINE_MS = 10_000

/** @throws unavailable `database-busy` when the work takes longer; what becomes of it then, nobody is told */
export async function inTime<T>(work: Promise<T>, deadlineMs = DEADLINE_MS): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(unavailable('database-busy')), deadlineMs)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

/** The same for pages: `onLate` answers a late one, and what it still sends is dropped. */
export const pagesInTime =
  (onLate: ErrorRequestHandler, deadlineMs = DEADLINE_MS): RequestHandler =>
  (req, res, next) => {
    const timer = setTimeout(() => {
      // Not through `next`, whose place in the chain the page's own handler has already passed.
      if (!res.headersSent) void onLate(unavailable('database-busy'), req, res, next)
    }, deadlineMs)
    res.once('close', () => clearTimeout(timer))
    next()
  }
