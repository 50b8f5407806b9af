import { zonedIso } from '../kernel/local-day.js'
import type { Api, ApiInput } from '../platform/http/api.js'
import { counterList, queueList, type QueueReader } from '../queue/index.js'
import { type Permit, signedInOf, siteOfPath } from '../staff/index.js'
import { siteParams } from './operator.forms.js'

interface Deps {
  reader: QueueReader
  permit: Permit
  /** Since when a kiosk of the site does not print; null: they all do. */
  printerFailedAt: (siteId: string) => Promise<Date | null>
}

/** What a console shows, in one answer: queue and counters of the same version, and the time by the house's clock. */
export function addConsoleRoutes(api: Api, { reader, permit, printerFailedAt }: Deps): void {
  api.add({
    method: 'get',
    path: '/sites/:site/console',
    summary: 'Queue and counters of one version, with the present time: what the counter console shows',
    params: siteParams,
    limit: 'staff',
    answers: {
      200: '{ at, version, waiting, parked, missed, serving, counters, printerFailedAt }',
      404: 'unknown-site',
    },
    before: permit('queue:see', siteOfPath),
    read: async ({ params, req }: ApiInput<{ site: string }>) => {
      const facts = await reader.facts(params.site)
      const iso = (at: Date) => zonedIso(at, facts.site.timeZone)
      const failedAt = await printerFailedAt(params.site)
      const printer = { printerFailedAt: failedAt && iso(failedAt) }
      const own = counterList(facts, signedInOf(req).session.id)
      return { status: 200, body: { at: iso(facts.now), ...queueList(facts), ...own, ...printer } }
    },
  })
}
