import { changedFields } from '../audit/index.js'
import { notFound } from '../kernel/app-error.js'
import type { Tx } from '../platform/db/tx.js'
import { type Site, SiteStore } from '../sites/index.js'
import { type CalendarDeps, closeChange, touchCalendars } from './calendar-changes.js'

export interface ChangeSiteCommand {
  siteId: string
  to: Partial<
    Pick<Site, 'name' | 'address' | 'phone' | 'emailConfirmation' | 'openOnHolidays' | 'notices' | 'trustedAddresses'>
  >
  who: string
}

/**
 * Changes what people read of a site, and on which national holidays it opens all the same (S5). Bookings stay (S8).
 * @throws not-found `unknown-site`
 */
export const makeChangeSite =
  (deps: CalendarDeps) =>
  async (tx: Tx, { siteId, to, who }: ChangeSiteCommand): Promise<void> => {
    const calendarIds = await touchCalendars(tx, { siteId, calendarId: null })
    const store = new SiteStore(tx.em)
    const was = (await store.loadAll()).sites.find(({ id }) => id === siteId)
    if (!was) throw notFound('unknown-site')
    await store.changeSite(siteId, to)
    await closeChange(tx, deps, {
      siteId,
      calendarIds,
      who,
      what: 'change-site',
      subjectKind: 'site',
      subjectId: siteId,
      ...changedFields(was, to),
    })
    tx.afterCommit(() => deps.events.publish('site.changed', { siteId }))
  }
