import { notFound } from '../kernel/app-error.js'
import type { Tx } from '../platform/db/tx.js'
import { type CalendarDeps, closeChange } from './calendar-changes.js'
import { CalendarStore } from './calendar.store.js'

export interface DeleteCalendarCommand {
  siteId: string
  calendarId: string
  who: string
}

/**
 * Deletes a calendar with its own closures and openings, and nothing else. Whether bookings ahead forbid it is for the
 * room that knows them: count them after this, in the same unit of work, when no new one can come, and refuse by
 * throwing. @throws not-found `unknown-calendar`
 */
export const makeDeleteCalendar =
  (deps: CalendarDeps) =>
  async (tx: Tx, { siteId, calendarId, who }: DeleteCalendarCommand): Promise<void> => {
    const removed = await new CalendarStore(tx.em).remove(siteId, calendarId)
    if (!removed) throw notFound('unknown-calendar')
    await closeChange(tx, deps, {
      siteId,
      calendarIds: [calendarId],
      who,
      what: 'delete-calendar',
      subjectKind: 'calendar',
      subjectId: `${siteId}/${calendarId}`,
    })
  }
