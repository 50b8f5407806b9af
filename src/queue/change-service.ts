import { openQueue } from '../counters/index.js'
import type { Tx } from '../platform/db/tx.js'
import { announceChange, touchCalendars } from '../scheduling/index.js'
import { type ChangeOfferCommand, makeChangeOffer, type SiteService } from '../sites/index.js'
import type { QueueDeps } from './queue-deps.js'

/**
 * Changes how a site offers a service. Who waits for it may stand elsewhere at once, so the queue has changed too; and
 * so have its calendars, by whose versions other instances notice (K2).
 * @throws not-found `unknown-site`, `unknown-service`
 */
export const makeChangeService = (deps: QueueDeps) => {
  const changeOffer = makeChangeOffer(deps)
  return async (tx: Tx, command: ChangeOfferCommand): Promise<SiteService> => {
    const { siteId } = command
    const unit = await openQueue(tx, deps, siteId)
    const { offer, isChanged } = await changeOffer(tx, command)
    if (!isChanged) return offer
    await unit.version()
    const calendarIds = await touchCalendars(tx, { siteId, calendarId: null })
    await announceChange(tx, deps, { siteId, calendarIds })
    return offer
  }
}
