import type { Api } from '../platform/http/api.js'
import type { ApiInput } from '../platform/http/operation.js'
import { type Permit, siteOfPath } from '../access/index.js'
import { statisticsCsv } from './csv.js'
import { makeReadStatistics, type StatisticsDeps } from './read-statistics.js'
import { type StatisticsQuery, statisticsQuery } from './statistics.forms.js'
import { siteParams } from '../platform/http/fields.js'

/** As the OpenAPI document tells it. */
const SPREAD = '{ count, mean, median, p90 }'
const TICKETS = '{ issued, walkIns, arrived, served, left, missed, closed, open }'
const PART = `tickets: ${TICKETS}, waitMinutes: ${SPREAD}, serviceMinutes: ${SPREAD}`
const BOOKINGS = 'bookings: { booked, arrived, served, noShow, cancelled }'
const FIGURES = [
  `${PART}, ${BOOKINGS}, seats: { offered, used, usedPercent }`,
  `lanes: [{ lane, ${PART} }]`,
  `services: [{ service, ${PART}, ${BOOKINGS} }]`,
  `counters: [{ counter, name, calls, served, serviceMinutes: ${SPREAD} }]`,
].join(', ')

const JSON_SHAPE =
  `{ site, from, to, days: [{ date, ${FIGURES} }], total: the same figures of all days }. Minutes have one
decimal place; a wait lasts from joining the queue to the first call; mean, median, p90 and usedPercent are null where
nothing was counted; seats are offered by the calendars as they are now.`.replaceAll('\n', ' ')

const CSV_SHAPE =
  `text/csv in UTF-8 with a header row; semicolons between fields, commas in decimals. A row for each date and
each scope (all, lane, service, counter), then the same for all days with the date "total".`.replaceAll('\n', ' ')

interface Deps extends StatisticsDeps {
  permit: Permit
}

type Input = ApiInput<{ site: string }, StatisticsQuery>

/** A site's figures for its managers: counts and times, nothing of persons (A4: they outlive them). */
export function addStatisticsRoutes(api: Api, { permit, ...deps }: Deps): void {
  const readStatistics = makeReadStatistics(deps)
  const shared = {
    method: 'get',
    params: siteParams,
    query: statisticsQuery,
    before: permit('statistics:see', siteOfPath),
  } as const
  const refusals = { 400: 'invalid: no such day, order, too-many-days (366)', 404: 'unknown-site' }
  api.add({
    ...shared,
    path: '/sites/:site/statistics',
    summary: 'Waits, services, no-shows and use of seats, by local day and together',
    answers: { 200: JSON_SHAPE, ...refusals },
    read: async ({ params, query }: Input) => {
      const { days, total } = await readStatistics({ siteId: params.site, ...query })
      return { status: 200, body: { site: params.site, ...query, days, total } }
    },
  })
  api.add({
    ...shared,
    path: '/sites/:site/statistics.csv',
    summary: 'The same for a spreadsheet',
    answers: { 200: CSV_SHAPE, ...refusals },
    read: async ({ params, query }: Input) => {
      const { days, total } = await readStatistics({ siteId: params.site, ...query })
      const name = `turno-${params.site}-${query.from}-${query.to}.csv`
      return {
        status: 200,
        body: statisticsCsv(days, total),
        headers: {
          'Content-Type': 'text/csv; charset=utf-8',
          'Content-Disposition': `attachment; filename="${name}"`,
        },
      }
    },
  })
}
