import { randomUUID } from 'node:crypto'
import { isLocalDay } from '../kernel/local-day.js'
import type { Tx } from '../platform/db/tx.js'
import { type CalendarDeps, closeChange, faulty, touchCalendars } from './calendar-changes.js'
import { checkOpening, type OpeningWindow, type SpecialOpening } from '../recurrence/index.js'
import { ExceptionsStore } from './exceptions.store.js'

export interface AddOpeningCommand {
  siteId: string
  calendarId: string
  day: string
  /** None closes the day. */
  windows: OpeningWindow[]
  who: string
}

/**
 * Replaces the calendar's rules on one day (S5); several openings of a day add up.
 * @throws not-allowed `rule-times`, `rule-empty`, `rule-seats`, `rule-overlap` (of windows that are not alike),
 * `invalid`, with the fields; not-found `unknown-calendar`
 */
export const makeAddOpening =
  (deps: CalendarDeps) =>
  async (tx: Tx, { siteId, calendarId, day, windows, who }: AddOpeningCommand): Promise<SpecialOpening> => {
    if (!isLocalDay(day)) throw faulty([{ field: 'date', code: 'day' }])
    const calendarIds = await touchCalendars(tx, { siteId, calendarId })
    const store = new ExceptionsStore(tx.em)
    const present = await store.openingsOn(siteId, calendarId, day)
    const faults = checkOpening(
      windows,
      present.flatMap((opening) => opening.windows),
      day,
    )
    if (faults.length > 0) throw faulty(faults)
    const opening: SpecialOpening = { id: randomUUID(), day, windows }
    await store.addOpening({ ...opening, siteId, calendarId })
    await closeChange(tx, deps, {
      siteId,
      calendarIds,
      who,
      what: 'add-opening',
      subjectKind: 'opening',
      subjectId: opening.id,
      to: day,
    })
    return opening
  }
