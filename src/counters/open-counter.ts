import { notAllowed } from '../kernel/app-error.js'
import type { Tx } from '../platform/db/tx.js'
import { type Counter, isOpen } from './counter.js'
import { changeCounter, openQueueOf } from './counter-changes.js'
import type { UnitDeps } from './queue-unit.js'

export interface OpenCounterCommand {
  counterId: string
  /** Null: whatever the site offers. */
  serviceIds: string[] | null
  who: string
}

/**
 * Opens a counter for today. Open already: it passes to whoever opens it, as at a change of shift; the same again
 * changes nothing. @throws not-found `unknown-counter`; not-allowed `not-offered` for a service the site has not
 */
export const makeOpenCounter =
  (deps: UnitDeps) =>
  async (tx: Tx, { counterId, serviceIds, who }: OpenCounterCommand): Promise<Counter> => {
    const { unit, counter } = await openQueueOf(tx, deps, counterId)
    const offered = serviceIds === null ? [] : (await unit.offers()).map(({ serviceId }) => serviceId)
    if (serviceIds?.some((id) => !offered.includes(id))) throw notAllowed('not-offered')
    const to = { openOn: unit.today, operator: who, serviceIds }
    const isSame =
      isOpen(counter, unit.today) && counter.operator === who && sameServices(counter.serviceIds, serviceIds)
    return isSame ? counter : changeCounter(unit, counter, { who, what: 'open-counter', to })
  }

const sameServices = (one: string[] | null, other: string[] | null): boolean =>
  JSON.stringify(one && [...one].sort()) === JSON.stringify(other && [...other].sort())
