import type { Api } from '../platform/http/api.js'
import type { QueueReader } from '../queue/index.js'
import { siteParams } from '../platform/http/fields.js'
import { screen } from './screen.js'

/** What a screen shows besides the board. */
export function addScreenRoutes(api: Api, { reader }: { reader: QueueReader }): void {
  api.add({
    method: 'get',
    path: '/sites/:site/screen',
    limit: 'screen',
    summary: 'What a display shows besides the board: name, rule, notices, and whether the counters are closed',
    params: siteParams,
    answers: {
      200: '{ site, name, isExample, rule: { it, en }, notices: { it, en }, closed, words: { it: { title, text }, en } or null, opensAt }',
      404: 'unknown-site',
    },
    read: async ({ params }) => ({
      status: 200,
      body: screen(await reader.facts(params.site)),
    }),
  })
}
