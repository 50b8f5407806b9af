import { join } from 'node:path'
import type { Access } from '../access/index.js'
import { type BookingsRoom, closureReason } from '../bookings/index.js'
import type { Tx } from '../platform/db/tx.js'
import type { MatterDirectory } from '../matters/index.js'
import type { Edge } from '../platform/edge.js'
import type { House } from '../platform/house.js'
import { makeAdmit } from '../platform/mail/admit.js'
import { makeMailMetrics } from '../platform/mail/mail-metrics.js'
import { MailSender } from '../platform/mail/mail-sender.js'
import { makeRenderMail } from '../platform/mail/mail-view.js'
import { OutboxStore } from '../platform/mail/outbox.store.js'
import { MAIL_LIMITS } from '../platform/mail/recipients.store.js'
import { makeMailTransport } from '../platform/mail/transport.js'
import type { SitesRoom } from '../sites/index.js'
import { makeDevMailRoutes } from './dev-mail.routes.js'
import { addHeldMailRoutes } from './held-mail.routes.js'
import { makeRecipientOf } from './recipient-of.js'
import { ReminderStore } from './reminder.store.js'
import { remindersJob } from './reminders.job.js'
import { makeWriteNotice } from './write-notice.js'

interface Neighbours extends SitesRoom, Pick<BookingsRoom, 'bookings'> {
  access: Access
  matters: MatterDirectory
}

/** What citizens are written, and when it is sent (L). */
export function makeNoticesRoom(house: House, { access, directory: sites, matters, bookings }: Neighbours) {
  const { config, dataSource, unitOfWork, events } = house
  const edge: Edge = {
    addRoutes: (api) => addHeldMailRoutes(api, { ...house, permit: access.permit }),
    pages: [makeDevMailRoutes(config)],
    jobs: [remindersJob({ reminders: new ReminderStore(dataSource.manager), unitOfWork, events, sites })],
  }
  return { sender: makeSender(house, { sites, matters, bookings }), edge }
}

function makeSender(
  house: House,
  { sites, matters, bookings }: Pick<Neighbours, 'matters' | 'bookings'> & { sites: SitesRoom['directory'] },
) {
  const { config, dataSource, clock, root, restores } = house
  const { baseUrl, mailFrom } = config
  const [findBooking, render] = [bookings.findById, makeRenderMail(join(root, 'views'))]
  const write = makeWriteNotice({
    ...house,
    findBooking,
    isProven: bookings.isProven,
    closureReason: (booking, timeZone) => closureReason(dataSource.manager, booking, timeZone),
    bookingsOf: bookings.ofMail,
    sites,
    matters,
    render,
    baseUrl,
    mailFrom,
  })
  const backlog = () => new OutboxStore(dataSource.manager).backlog()
  return new MailSender({
    ...house,
    transport: makeMailTransport(config),
    write,
    count: makeMailMetrics({ registry: house.metrics.registry, clock, backlog }),
    admit: makeAdmit({
      ...house,
      recipientOf: makeRecipientOf({ ...house, findBooking }),
      limits: config.rateLimits ? MAIL_LIMITS : null,
    }),
    isHeld: () => restores.isMailHeld(),
    noteSent: (tx: Tx) => restores.raise(tx),
  })
}
