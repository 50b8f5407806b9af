import { openQueue } from '../counters/index.js'
import type { Tx } from '../platform/db/tx.js'
import { type ChangeOfferCommand, makeChangeOffer, type SiteService } from '../sites/index.js'
import type { QueueDeps } from './queue-deps.js'

/** Changes how a site offers a service; who waits for it may stand elsewhere at once, so the queue has changed too. */
export const makeChangeService = (deps: QueueDeps) => {
  const changeOffer = makeChangeOffer(deps)
  return async (tx: Tx, command: ChangeOfferCommand): Promise<SiteService> => {
    const unit = await openQueue(tx, deps, command.siteId)
    const changed = await changeOffer(tx, command)
    await unit.version()
    return changed
  }
}
