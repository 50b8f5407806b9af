import { notFound } from '../kernel/app-error.js'
import type { Tx } from '../platform/db/tx.js'
import { type CalendarDeps, closeChange, touchCalendars } from './calendar-changes.js'
import { ExceptionsStore } from './exceptions.store.js'

export interface RemoveOpeningCommand {
  siteId: string
  openingId: string
  who: string
}

/** Gives a day back to the calendar's rules. @throws not-found `unknown-opening` */
export const makeRemoveOpening =
  (deps: CalendarDeps) =>
  async (tx: Tx, { siteId, openingId, who }: RemoveOpeningCommand): Promise<void> => {
    const store = new ExceptionsStore(tx.em)
    const opening = await store.findOpening(siteId, openingId)
    if (!opening) throw notFound('unknown-opening')
    const calendarIds = await touchCalendars(tx, opening)
    await store.removeOpening(openingId)
    await closeChange(tx, deps, {
      siteId,
      calendarIds,
      who,
      what: 'remove-opening',
      subjectKind: 'opening',
      subjectId: openingId,
      from: opening.day,
    })
  }
