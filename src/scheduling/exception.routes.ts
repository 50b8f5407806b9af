import type { Api } from '../platform/http/api.js'
import { siteOfPath, staffOf } from '../access/index.js'
import { inOrder } from '../recurrence/index.js'
import type { ClosureRange } from './add-closure.js'
import { type ClosureBody, closureBody, exceptionParams, openingBody, siteBody } from './calendar.forms.js'
import { siteParams } from '../platform/http/fields.js'
import { publicClosure, publicOpening } from './calendar.pages.js'
import type { CalendarRoutesDeps } from './calendar.routes.js'
import { ExceptionsStore } from './exceptions.store.js'

/** What takes the place of rules on single days (S5): closures, special openings, holidays on which the site opens. */
export function addExceptionRoutes(api: Api, deps: CalendarRoutesDeps): void {
  addClosureRoutes(api, deps)
  addOpeningRoutes(api, deps)
  addSiteRoute(api, deps)
  const { permit, dataSource, directory } = deps
  const store = new ExceptionsStore(dataSource.manager)
  api.add({
    method: 'get',
    path: '/sites/:site/exceptions',
    summary: 'Closures, special openings and holidays on which the site opens',
    params: siteParams,
    answers: { 200: '{ closures, openings, openOnHolidays }', 404: 'unknown-site' },
    before: permit('calendars:see', siteOfPath),
    read: async ({ params: { site } }) => {
      const { timeZone, openOnHolidays } = await directory.site(site)
      const closures = inOrder(await store.closures(site), timeZone).map((closure) => publicClosure(closure, timeZone))
      const openings = (await store.openings(site)).map((opening) => publicOpening(opening, opening.calendarId))
      return { status: 200, body: { closures, openings, openOnHolidays } }
    },
  })
}

/** `alike` of the form has seen to it that both ends are of one kind. */
const rangeOf = ({ from, to }: ClosureBody): ClosureRange =>
  from instanceof Date && to instanceof Date ? { fromAt: from, toAt: to } : { fromOn: String(from), toOn: String(to) }

function addClosureRoutes(api: Api, { permit, directory, calendarActions, bookingsOutside }: CalendarRoutesDeps): void {
  const before = permit('calendars:manage', siteOfPath)
  api.add({
    method: 'post',
    path: '/sites/:site/closures',
    summary: 'Closes a site or a calendar; bookings stay until the closure is resolved (S8)',
    params: siteParams,
    body: closureBody,
    answers: { 201: '{ closure, affected: [code] }', 404: 'unknown-site, unknown-calendar', 422: 'invalid' },
    before,
    write: async (tx, { params: { site: siteId }, body, req }) => {
      const { timeZone } = await directory.site(siteId)
      const { reason, public: isPublic, calendar: calendarId = null } = body
      const command = { siteId, calendarId, range: rangeOf(body), reason, isPublic, who: staffOf(req).username }
      const closure = await calendarActions.addClosure(tx, command)
      const affected = await bookingsOutside.inClosure(tx, siteId, closure)
      return { status: 201, body: { closure: publicClosure(closure, timeZone), affected } }
    },
  })
  api.add({
    method: 'delete',
    path: '/sites/:site/closures/:id',
    summary: 'Opens again what a closure had closed',
    params: exceptionParams,
    answers: { 204: 'gone', 404: 'unknown-closure' },
    before,
    write: async (tx, { params: { site: siteId, id: closureId }, req }) => {
      await calendarActions.removeClosure(tx, { siteId, closureId, who: staffOf(req).username })
      return { status: 204 }
    },
  })
}

function addOpeningRoutes(api: Api, { permit, calendarActions, bookingsOutside }: CalendarRoutesDeps): void {
  const before = permit('calendars:manage', siteOfPath)
  api.add({
    method: 'post',
    path: '/sites/:site/openings',
    summary: 'Replaces a calendar’s rules on one day (S5); without rules the day is closed',
    params: siteParams,
    body: openingBody,
    answers: {
      201: '{ opening, affected: [code] }',
      404: 'unknown-calendar',
      422: 'rule-overlap, rule-times, rule-seats',
    },
    before,
    write: async (tx, { params: { site: siteId }, body, req }) => {
      const { calendar: calendarId, date: day, rules: windows } = body
      const opening = await calendarActions.addOpening(tx, {
        siteId,
        calendarId,
        day,
        windows,
        who: staffOf(req).username,
      })
      const affected = await bookingsOutside.leftOutside(tx, siteId, calendarId)
      return { status: 201, body: { opening: publicOpening(opening, calendarId), affected } }
    },
  })
  api.add({
    method: 'delete',
    path: '/sites/:site/openings/:id',
    summary: 'Gives the day back to the calendar’s rules; bookings stay, those left outside are listed (S8)',
    params: exceptionParams,
    answers: { 200: '{ affected: [code] }', 404: 'unknown-opening' },
    before,
    write: async (tx, { params: { site: siteId, id: openingId }, req }) => {
      await calendarActions.removeOpening(tx, { siteId, openingId, who: staffOf(req).username })
      return { status: 200, body: { affected: await bookingsOutside.leftOutside(tx, siteId, null) } }
    },
  })
}

function addSiteRoute(api: Api, { permit, calendarActions, directory, bookingsOutside }: CalendarRoutesDeps): void {
  api.add({
    method: 'patch',
    path: '/sites/:site',
    summary: 'Changes a site’s texts and the holidays on which it opens',
    params: siteParams,
    body: siteBody,
    answers: { 200: '{ site, affected: [code] }', 404: 'unknown-site', 422: 'invalid' },
    before: permit('site:manage', siteOfPath),
    write: async (tx, { params: { site: siteId }, body, req }) => {
      const was = await directory.site(siteId)
      await calendarActions.changeSite(tx, { siteId, to: body, who: staffOf(req).username })
      const { isExample: _, position: __, ...site } = { ...was, ...body }
      site.trustedAddresses ??= []
      return { status: 200, body: { site, affected: await bookingsOutside.leftOutside(tx, siteId, null) } }
    },
  })
}
