import type { Clock } from '../kernel/clock.js'
import type { EventBus } from '../platform/events.js'
import type { Api } from '../platform/http/api.js'
import { Unchanged } from '../platform/unchanged.js'
import type { MatterDirectory } from './matter-directory.js'
import { publicMatter } from './matter.pages.js'

interface Deps {
  matters: MatterDirectory
  events: EventBus
  clock: Clock
}

/** The public read of contract.md: what people come for, and where each can be settled. */
export function addMatterRoutes(api: Api, { matters, ...house }: Deps): void {
  const unchanged = new Unchanged(house, ['matters.changed'])
  api.add({
    method: 'get',
    path: '/matters',
    summary: 'What people come for, with the ways to settle each in order of preference (M1)',
    answers: {
      200: '{ matters: [{ id, text, ways: [{ kind, service?, condition? }], documents: [{ text, when? }], weight }] }',
    },
    read: async ({ lang }) => {
      const holds = unchanged.since()
      const all = await matters.all()
      return { status: 200, body: { matters: all.map((matter) => publicMatter(matter, lang)) }, holds }
    },
  })
}
