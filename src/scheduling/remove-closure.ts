import { notFound } from '../kernel/app-error.js'
import type { Tx } from '../platform/db/tx.js'
import { type CalendarDeps, closeChange, touchCalendars } from './calendar-changes.js'
import { ExceptionsStore } from './exceptions.store.js'

export interface RemoveClosureCommand {
  siteId: string
  closureId: string
  who: string
}

/** Opens again what a closure had closed. @throws not-found `unknown-closure` */
export const makeRemoveClosure =
  (deps: CalendarDeps) =>
  async (tx: Tx, { siteId, closureId, who }: RemoveClosureCommand): Promise<void> => {
    const store = new ExceptionsStore(tx.em)
    const closure = await store.findClosure(siteId, closureId)
    if (!closure) throw notFound('unknown-closure')
    const calendarIds = await touchCalendars(tx, closure)
    await store.removeClosure(closureId)
    await closeChange(tx, deps, {
      siteId,
      calendarIds,
      who,
      what: 'remove-closure',
      subjectKind: 'closure',
      subjectId: closureId,
    })
  }
