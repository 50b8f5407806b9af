import type { DataSource } from 'typeorm'
import { recordChange } from '../audit/index.js'
import type { Clock } from '../kernel/clock.js'
import { zonedIso } from '../kernel/local-day.js'
import type { EventBus } from '../platform/events.js'
import type { Api } from '../platform/http/api.js'
import { type HeldMail, heldMail, releaseMail } from '../platform/restore/held-mail.js'
import { type Permit, staffOf } from '../access/index.js'
import { releaseBody } from './held-mail.forms.js'

interface Deps {
  dataSource: DataSource
  clock: Clock
  events: EventBus
  permit: Permit
}

/** Of the authority, whatever the site. */
const ZONE = 'Europe/Rome'

const view = ({ since, kinds }: HeldMail) => ({
  held: since !== null,
  since: since && zonedIso(since, ZONE),
  mails: kinds.map(({ oldestAt, newestAt, ...kind }) => ({
    ...kind,
    oldestAt: zonedIso(oldestAt, ZONE),
    newestAt: zonedIso(newestAt, ZONE),
  })),
})

/** After a restore (docs/decisions/022): what waits, and an admin's word. */
export function addHeldMailRoutes(api: Api, { dataSource, clock, events, permit }: Deps): void {
  const before = permit('mail:release')
  api.add({
    method: 'get',
    path: '/mail/held',
    summary: 'The mail that waits since a backup was restored, by kind',
    answers: { 200: '{ held, since, mails: [{ kind, count, fromBackup, oldestAt, newestAt }] }' },
    before,
    read: async () => ({ status: 200, body: view(await heldMail(dataSource.manager)) }),
  })
  api.add({
    method: 'post',
    path: '/mail/release',
    summary:
      'Sends the mail that waits, or drops what came with the backup (of all kinds, or of some: then the others go on waiting)',
    body: releaseBody,
    answers: { 200: '{ held, since, mails, dropped }', 409: 'mail-not-held' },
    before,
    write: async (tx, { body, req }) => {
      const { action, kinds = null, until } = body
      const dropped = await releaseMail(tx, { action, kinds, until: until === undefined ? null : new Date(until) })
      const { username: who } = staffOf(req)
      const to = JSON.stringify({ ...body, dropped })
      await recordChange(tx, {
        at: clock(),
        who,
        what: `${action}-held-mail`,
        subjectKind: 'mail',
        subjectId: 'held',
        to,
      })
      tx.afterCommit(() => events.publish('outbox.added', {}))
      return { status: 200, body: { ...view(await heldMail(tx.em)), dropped } }
    },
  })
}
