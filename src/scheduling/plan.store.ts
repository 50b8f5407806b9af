import type { EntityManager } from 'typeorm'
import { changeRows, selectRows } from '../platform/db/statements.js'
import { together } from '../platform/db/together.js'
import { SiteEntity } from '../sites/index.js'
import { CalendarEntity } from './calendar.entity.js'
import type { CalendarPlan } from '../recurrence/index.js'
import { ClosureEntity } from './closure.entity.js'
import { SpecialOpeningEntity } from './special-opening.entity.js'

/** Enough of a calendar to know whether a plan is still the present one, and whose it is. */
export type CalendarHead = Pick<CalendarEntity, 'siteId' | 'id' | 'version' | 'serviceIds'>

/** A calendar's key; without `calendarId` all of a site, without both all there are. */
interface Which {
  siteId?: string
  calendarId?: string
}

type HeadRow = Omit<CalendarHead, 'serviceIds'> & { serviceIds: string }

const HEADS_OF_SITE = 'SELECT site_id AS siteId, id, version, service_ids AS serviceIds FROM calendar WHERE site_id = ?'

const HOLD_STILL = 'UPDATE calendar SET days_counted = days_counted + 1 WHERE site_id = ?'

const RELY_ON = 'UPDATE calendar SET days_counted = days_counted + 1 WHERE site_id = ? AND id = ? AND version = ?'

/** Reads calendars with all that decides what they offer. */
export class PlanStore {
  constructor(private readonly em: EntityManager) {}

  heads(): Promise<CalendarHead[]> {
    return this.em
      .createQueryBuilder(CalendarEntity, 'calendar')
      .select(['calendar.siteId', 'calendar.id', 'calendar.version', 'calendar.serviceIds'])
      .getMany()
  }

  /**
   * Until this transaction ends no calendar of the site changes. The rows are written, not locked for reading: that would
   * be known to one node of a cluster alone (docs/decisions/021).
   */
  async holdStill(siteId: string): Promise<void> {
    await changeRows(this.em, HOLD_STILL, [siteId])
  }

  /**
   * Writes the calendar's row, so that a change of the calendar, wherever it is made, meets this transaction.
   * @returns false when the calendar is no longer the plan's
   */
  async relyOn({ siteId, calendarId, version }: CalendarPlan): Promise<boolean> {
    return (await changeRows(this.em, RELY_ON, [siteId, calendarId, version])) === 1
  }

  /** The calendars of a site, as this transaction sees them. */
  async headsOf(siteId: string): Promise<CalendarHead[]> {
    const rows = await selectRows<HeadRow>(this.em, HEADS_OF_SITE, [siteId])
    return rows.map(({ serviceIds, ...head }) => ({ ...head, serviceIds: JSON.parse(serviceIds) as string[] }))
  }

  async loadPlan(siteId: string, calendarId: string): Promise<CalendarPlan | null> {
    return (await this.loadPlans({ siteId, calendarId }))[0] ?? null
  }

  /**
   * Three statements, however many plans. The versions are read first: a change in between gives a plan that is newer
   * than its version says, never older.
   */
  async loadPlans({ siteId, calendarId }: Which = {}): Promise<CalendarPlan[]> {
    const ofSite = siteId === undefined ? {} : { siteId }
    const rows = (await this.em
      .createQueryBuilder(CalendarEntity, 'calendar')
      .innerJoinAndMapOne('calendar.site', SiteEntity, 'site', 'site.id = calendar.siteId')
      .where({ ...ofSite, ...(calendarId === undefined ? {} : { id: calendarId }) })
      .getMany()) as (CalendarEntity & { site: SiteEntity })[]
    const [closures, openings] = await together([
      this.em.find(ClosureEntity, { where: ofSite }),
      this.em.find(SpecialOpeningEntity, { where: ofSite }),
    ])
    return rows.map(({ site, id, ...settings }) => ({
      ...settings,
      calendarId: id,
      timeZone: site.timeZone,
      openOnHolidays: site.openOnHolidays,
      closures: closures.filter((closure) => closure.siteId === site.id && [null, id].includes(closure.calendarId)),
      openings: openings.filter((opening) => opening.siteId === site.id && opening.calendarId === id),
    }))
  }
}
