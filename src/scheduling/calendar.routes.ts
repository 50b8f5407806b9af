import type { DataSource } from 'typeorm'
import { conflict, notFound } from '../kernel/app-error.js'
import type { Api } from '../platform/http/api.js'
import { type SiteDirectory } from '../sites/index.js'
import { type Permit, siteOfPath, staffOf } from '../access/index.js'
import type { BookingsOutside } from './bookings-outside.js'
import type { CalendarActions } from './actions.js'
import { calendarBody, calendarParams } from './calendar.forms.js'
import { siteParams } from '../platform/http/fields.js'
import { publicCalendar } from './calendar.pages.js'
import { PlanStore } from './plan.store.js'

export interface CalendarRoutesDeps {
  permit: Permit
  dataSource: DataSource
  directory: SiteDirectory
  calendarActions: CalendarActions
  bookingsOutside: BookingsOutside
}

/** A manager's calendars (S1–S4, S8). */
export function addCalendarRoutes(api: Api, deps: CalendarRoutesDeps): void {
  addCalendarReads(api, deps)
  const { permit, calendarActions, bookingsOutside } = deps
  const before = permit('calendars:manage', siteOfPath)
  api.add({
    method: 'put',
    path: '/sites/:site/calendars/:calendar',
    summary: 'Makes a calendar or replaces its rules; bookings stay, those left outside are listed (S8)',
    params: calendarParams,
    body: calendarBody,
    answers: {
      200: '{ calendar, unusedMinutes, affected: [code] }',
      201: 'the same',
      422: 'rule-overlap, rule-empty, rule-times, rule-recurrence, rule-seats, invalid',
    },
    before,
    write: async (tx, { params, body, req }) => {
      const { site: siteId, calendar: calendarId } = params
      const { services: serviceIds, ...settings } = body
      const command = { siteId, calendarId, serviceIds, ...settings, who: staffOf(req).username }
      const { created, unusedMinutes } = await calendarActions.saveCalendar(tx, command)
      const affected = created ? [] : await bookingsOutside.leftOutside(tx, siteId, calendarId)
      return { status: created ? 201 : 200, body: { calendar: { id: calendarId, ...body }, unusedMinutes, affected } }
    },
  })
  api.add({
    method: 'delete',
    path: '/sites/:site/calendars/:calendar',
    summary: 'Deletes a calendar without bookings ahead',
    params: calendarParams,
    answers: { 204: 'gone', 404: 'unknown-calendar', 409: 'bookings-ahead' },
    before,
    write: async (tx, { params: { site: siteId, calendar: calendarId }, req }) => {
      await calendarActions.deleteCalendar(tx, { siteId, calendarId, who: staffOf(req).username })
      // Counted afterwards: now no new one can come.
      const codes = await bookingsOutside.ahead(tx, siteId, calendarId)
      if (codes.length > 0) throw conflict('bookings-ahead', { affected: codes })
      return { status: 204 }
    },
  })
}

function addCalendarReads(api: Api, { permit, dataSource, directory }: CalendarRoutesDeps): void {
  const plans = new PlanStore(dataSource.manager)
  const before = permit('calendars:see', siteOfPath)
  api.add({
    method: 'get',
    path: '/sites/:site/calendars',
    summary: 'The calendars of a site',
    params: siteParams,
    answers: { 200: '{ calendars: [{ id, services, rules, minNoticeMinutes, horizonDays }] }', 404: 'unknown-site' },
    before,
    read: async ({ params: { site } }) => {
      await directory.site(site)
      const calendars = await plans.loadPlans({ siteId: site })
      return { status: 200, body: { calendars: calendars.map(publicCalendar) } }
    },
  })
  api.add({
    method: 'get',
    path: '/sites/:site/calendars/:calendar',
    summary: 'One calendar',
    params: calendarParams,
    answers: { 200: '{ calendar }', 404: 'unknown-calendar' },
    before,
    read: async ({ params: { site, calendar } }) => {
      const plan = await plans.loadPlan(site, calendar)
      if (!plan) throw notFound('unknown-calendar')
      return { status: 200, body: { calendar: publicCalendar(plan) } }
    },
  })
}
