import { AppError } from '../kernel/app-error.js'
import type { Tx } from '../platform/db/tx.js'
import type { BookingMetrics } from '../platform/booking-metrics.js'

type Action<C, R> = (tx: Tx, command: C) => Promise<R>

/** X4: counts an action's refusals, and once it is committed what it has done. */
export const counted =
  <C, R>(metrics: BookingMetrics, action: Action<C, R>, done: (result: R) => void = () => undefined): Action<C, R> =>
  async (tx, command) => {
    try {
      const result = await action(tx, command)
      tx.afterCommit(() => done(result))
      return result
    } catch (error) {
      if (error instanceof AppError) metrics.refused(error.code)
      throw error
    }
  }
