import { EventBus } from '../../../src/platform/events.js'
import type { Tx } from '../../../src/platform/db/tx.js'
import { makeLog } from '../../../src/platform/log.js'
import { makeAddClosure, makeSaveCalendar } from '../../../src/scheduling/index.js'
import { CalendarDirectory } from '../../../src/scheduling/calendar-directory.js'
import { makeAddOpening } from '../../../src/scheduling/add-opening.js'
import { makeDeleteCalendar } from '../../../src/scheduling/delete-calendar.js'
import { makeRemoveClosure } from '../../../src/scheduling/remove-closure.js'
import { makeRemoveOpening } from '../../../src/scheduling/remove-opening.js'
import type { SaveCalendarCommand } from '../../../src/scheduling/save-calendar.js'
import { outdateSeats } from '../../../src/seats/index.js'
import { exampleSites, SiteDirectory, SiteStore } from '../../../src/sites/index.js'
import { aRule, THE_DAY_BEFORE } from '../../support/builders.js'
import type { TestDatabase } from '../../support/database.js'

/** The room as the wiring builds it, each action in a unit of work of its own; `changed` is what it announced. */
export function schedulingRoom({ dataSource, unitOfWork }: TestDatabase) {
  const events = new EventBus(makeLog('silent'))
  const changed: string[] = []
  events.on('calendar.changed', ({ siteId, calendarId }) => changed.push(`${siteId}/${calendarId}`))
  const deps = { clock: () => THE_DAY_BEFORE, events, outdateSeats }
  const alone =
    <C, R>(action: (tx: Tx, command: C) => Promise<R>) =>
    (command: C) =>
      unitOfWork.run((tx) => action(tx, command))
  return {
    events,
    changed,
    directory: new CalendarDirectory({ dataSource, events, directory: new SiteDirectory({ dataSource, events }) }),
    saveInside: makeSaveCalendar(deps),
    save: alone(makeSaveCalendar(deps)),
    remove: alone(makeDeleteCalendar(deps)),
    close: alone(makeAddClosure(deps)),
    reopen: alone(makeRemoveClosure(deps)),
    open: alone(makeAddOpening(deps)),
    unopen: alone(makeRemoveOpening(deps)),
  }
}

export const addExampleSites = ({ unitOfWork }: TestDatabase): Promise<void> =>
  unitOfWork.run((tx) => new SiteStore(tx.em).addAll(exampleSites()))

/** The calendar of the builders' plan, saved by a manager. */
export const aCommand = (part: Partial<SaveCalendarCommand> = {}): SaveCalendarCommand => ({
  siteId: 'legnano',
  calendarId: 'scelta-revoca',
  serviceIds: ['scelta-revoca'],
  rules: [aRule()],
  minNoticeMinutes: 60,
  horizonDays: 30,
  who: 'giulia',
  ...part,
})
