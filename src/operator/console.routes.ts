import { zonedIso } from '../kernel/local-day.js'
import type { Api, ApiInput } from '../platform/http/api.js'
import { counterList, queueList, type QueueReader } from '../queue/index.js'
import { type Permit, siteOfPath } from '../staff/index.js'
import { siteParams } from './operator.forms.js'

interface Deps {
  reader: QueueReader
  permit: Permit
}

/** What a console shows, in one answer: queue and counters of the same version, and the time by the house's clock. */
export function addConsoleRoutes(api: Api, { reader, permit }: Deps): void {
  api.add({
    method: 'get',
    path: '/sites/:site/console',
    summary: 'Queue and counters of one version, with the present time: what the counter console shows',
    params: siteParams,
    limit: 'staff',
    answers: { 200: '{ at, version, waiting, parked, missed, serving, counters }', 404: 'unknown-site' },
    before: permit('queue:see', siteOfPath),
    read: async ({ params }: ApiInput<{ site: string }>) => {
      const facts = await reader.facts(params.site)
      const at = zonedIso(facts.now, facts.site.timeZone)
      return { status: 200, body: { at, ...queueList(facts), ...counterList(facts) } }
    },
  })
}
