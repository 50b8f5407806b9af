import { zonedIso } from '../kernel/local-day.js'
import type { Api } from '../platform/http/api.js'
import { counterList, queueList, type QueueReader } from '../queue/index.js'
import { type DeviceStore, type Permit, signedInOf, siteOfPath } from '../access/index.js'
import { siteParams } from '../platform/http/fields.js'
import type { ConsoleSnapshot } from './console.shape.js'

interface Deps {
  reader: QueueReader
  permit: Permit
  devices: Pick<DeviceStore, 'printerFailedAt'>
}

/** What a console shows, in one answer: queue and counters of the same version, and the time by the house's clock. */
export function addConsoleRoutes(api: Api, { reader, permit, devices }: Deps): void {
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
    read: async ({ params, req }) => {
      const facts = await reader.facts(params.site)
      const iso = (at: Date) => zonedIso(at, facts.site.timeZone)
      const failedAt = await devices.printerFailedAt(params.site)
      const printer = { printerFailedAt: failedAt && iso(failedAt) }
      const own = counterList(facts, signedInOf(req).session.id)
      const body: ConsoleSnapshot = { at: iso(facts.now), ...queueList(facts), ...own, ...printer }
      return { status: 200, body }
    },
  })
}
