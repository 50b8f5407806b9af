import { beginDay } from '../counters/index.js'
import type { Tx } from '../platform/db/tx.js'
import { endBefore } from './end-tickets.js'
import type { QueueDeps } from './queue-deps.js'
import { openToday } from './today.js'

/** Q7, G15: writes down what is over, today's after closing too, and tells displays of a new day. */
export const makeEndDay =
  (deps: QueueDeps) =>
  async (tx: Tx, { siteId, who }: { siteId: string; who: string }): Promise<void> => {
    const unit = await openToday(tx, deps, siteId)
    await beginDay(unit)
    await endBefore(unit, unit.today, who)
  }
