import { randomUUID } from 'node:crypto'
import { isLocalDay } from '../kernel/local-day.js'
import type { Tx } from '../platform/db/tx.js'
import { type CalendarDeps, closeChange, faulty, touchCalendars } from './calendar-changes.js'
import type { Closure } from '../recurrence/index.js'
import { ExceptionsStore } from './exceptions.store.js'

/** Half-open: local days, or instants. */
export type ClosureRange = { fromOn: string; toOn: string } | { fromAt: Date; toAt: Date }

export interface AddClosureCommand {
  siteId: string
  /** Null closes the whole site. */
  calendarId: string | null
  range: ClosureRange
  reason: string
  isPublic: boolean
  who: string
}

/**
 * Closes a calendar or a site (S5). Bookings in its time stay; the room that knows them lists them (S8).
 * @throws not-allowed `invalid` when the range is empty; not-found `unknown-calendar`, `unknown-site`
 */
export const makeAddClosure =
  (deps: CalendarDeps) =>
  async (tx: Tx, { siteId, calendarId, range, reason, isPublic, who }: AddClosureCommand): Promise<Closure> => {
    const spoken = spokenRange(range)
    const calendarIds = await touchCalendars(tx, { siteId, calendarId })
    const noRange = { fromOn: null, toOn: null, fromAt: null, toAt: null }
    const closure: Closure = { id: randomUUID(), calendarId, ...noRange, ...range, reason, isPublic }
    await new ExceptionsStore(tx.em).addClosure({ ...closure, siteId })
    await closeChange(tx, deps, {
      siteId,
      calendarIds,
      who,
      what: 'add-closure',
      subjectKind: 'closure',
      subjectId: closure.id,
      to: spoken,
      reason,
    })
    return closure
  }

/** For the audit record. @throws not-allowed `invalid` */
function spokenRange(range: ClosureRange): string {
  if ('fromAt' in range) {
    if (!(range.fromAt < range.toAt)) throw faulty([{ field: 'to', code: 'order' }])
    return `${range.fromAt.toISOString()}/${range.toAt.toISOString()}`
  }
  const wrong = (['fromOn', 'toOn'] as const).filter((end) => !isLocalDay(range[end]))
  if (wrong.length > 0) throw faulty(wrong.map((end) => ({ field: end === 'fromOn' ? 'from' : 'to', code: 'day' })))
  if (range.fromOn >= range.toOn) throw faulty([{ field: 'to', code: 'order' }])
  return `${range.fromOn}/${range.toOn}`
}
