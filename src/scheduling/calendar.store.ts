import { randomInt } from 'node:crypto'
import type { EntityManager } from 'typeorm'
import { addRows, updateRows } from '../platform/db/rows.js'
import { CalendarEntity } from './calendar.entity.js'
import { ClosureEntity } from './closure.entity.js'
import { SpecialOpeningEntity } from './special-opening.entity.js'

export type CalendarSettings = Pick<CalendarEntity, 'minNoticeMinutes' | 'horizonDays' | 'serviceIds' | 'rules'>

/** Writes calendars. Every write also changes the version, which bookings lock while they rely on it (S8, K1). */
export class CalendarStore {
  constructor(private readonly em: EntityManager) {}

  ofSite(siteId: string): Promise<CalendarEntity[]> {
    return this.em.findBy(CalendarEntity, { siteId })
  }

  /** Versions start anywhere: a calendar made anew under an old id is never taken for the old one. */
  async add(key: { siteId: string; id: string }, settings: CalendarSettings): Promise<void> {
    const calendar = { ...key, ...settings, version: randomInt(1, 2 ** 30) }
    await addRows(this.em, CalendarEntity, calendar)
  }

  async replace(key: { siteId: string; id: string }, settings: CalendarSettings): Promise<void> {
    await updateRows(this.em, CalendarEntity, { set: { ...settings, version: () => 'version + 1' }, where: key })
  }

  /** Gives a new version to one calendar, or to all of the site. @returns their ids */
  async bump(siteId: string, calendarId: string | null): Promise<string[]> {
    const which = calendarId === null ? { siteId } : { siteId, id: calendarId }
    await updateRows(this.em, CalendarEntity, { set: { version: () => 'version + 1' }, where: which })
    return (await this.em.findBy(CalendarEntity, which)).map(({ id }) => id)
  }

  /** Removes a calendar with its own closures and openings. @returns false when there is none */
  async remove(siteId: string, calendarId: string): Promise<boolean> {
    const done = await this.em.delete(CalendarEntity, { siteId, id: calendarId })
    await this.em.delete(ClosureEntity, { siteId, calendarId })
    await this.em.delete(SpecialOpeningEntity, { siteId, calendarId })
    return done.affected === 1
  }
}
