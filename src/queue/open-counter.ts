import { changeCounter, CLOSED, type Counter, isOpen, type QueueUnit } from '../counters/index.js'
import { conflict, notAllowed } from '../kernel/app-error.js'
import type { Tx } from '../platform/db/tx.js'
import { parkAndClose } from './close-counter.js'
import type { QueueDeps } from './queue-deps.js'
import { openQueueOfCounter } from './today.js'

export interface OpenCounterCommand {
  counterId: string
  /** Null: whatever the site offers. */
  serviceIds: string[] | null
  who: string
  /** Whose it is from now on (Q8). */
  session?: string | null
  /** Takes it from whoever works there, with the ticket that is there. */
  takeOver?: boolean
}

/**
 * Opens a counter for today; the same again changes nothing. Open already, it is taken over only where that is said –
 * unless nobody is there any more: then what they left behind is put aside (Q8).
 * @throws not-found `unknown-counter`; not-allowed `not-offered` for a service the site has not; conflict `counter-taken`
 */
export const makeOpenCounter =
  (deps: QueueDeps) =>
  async (tx: Tx, { counterId, serviceIds, who, session = null, takeOver = false }: OpenCounterCommand) => {
    const { unit, counter } = await openQueueOfCounter(tx, deps, counterId)
    await assertOffered(unit, serviceIds)
    const isTaken = isOpen(counter, unit.today) && counter.sessionId !== session
    const to = { ...CLOSED, openOn: unit.today, operator: who, sessionId: session, serviceIds }
    if (!isTaken && isOpen(counter, unit.today) && sameServices(counter.serviceIds, serviceIds)) return counter
    if (isTaken && takeOver) return changeCounter(unit, counter, { who, what: 'take-over-counter', to })
    const found = isTaken ? await putAside(deps, unit, counter) : counter
    return changeCounter(unit, found, { who, what: 'open-counter', to })
  }

/** @throws conflict `counter-taken` while somebody works there */
async function putAside({ isAtWork }: QueueDeps, unit: QueueUnit, counter: Counter): Promise<Counter> {
  const { sessionId, operator } = counter
  if (sessionId !== null && (await isAtWork(unit.tx.em, sessionId, unit.site.id)))
    throw conflict('counter-taken', { operator })
  return parkAndClose(unit, counter, 'system')
}

async function assertOffered(unit: QueueUnit, serviceIds: string[] | null): Promise<void> {
  const offered = serviceIds === null ? [] : (await unit.offers()).map(({ serviceId }) => serviceId)
  if (serviceIds?.some((id) => !offered.includes(id))) throw notAllowed('not-offered')
}

const sameServices = (one: string[] | null, other: string[] | null): boolean =>
  JSON.stringify(one && [...one].sort()) === JSON.stringify(other && [...other].sort())
