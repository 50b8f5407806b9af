import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { DataSource } from 'typeorm'
import { type Booking, BookingEntity, BookingStore, closureReason } from '../../../src/bookings/index.js'
import { MatterDirectory } from '../../../src/matters/matter-directory.js'
import { makeWriteNotice } from '../../../src/notices/write-notice.js'
import { EventBus } from '../../../src/platform/events.js'
import { type Log, makeLog } from '../../../src/platform/log.js'
import type { MailTransport } from '../../../src/platform/mail/mail.js'
import { MailSender } from '../../../src/platform/mail/mail-sender.js'
import { makeRenderMail } from '../../../src/platform/mail/mail-view.js'
import { addToOutbox } from '../../../src/platform/mail/outbox.js'
import { OutboxEntity } from '../../../src/platform/mail/outbox.entity.js'
import { makeSmtpTransport } from '../../../src/platform/mail/smtp-transport.js'
import { makeSecrets } from '../../../src/platform/secrets.js'
import { exampleSites, SiteDirectory, SiteStore } from '../../../src/sites/index.js'
import { aBooking, THE_DAY_BEFORE } from '../../support/builders.js'
import { openTestDatabase, type TestDatabase } from '../../support/database.js'
import type { Engine } from '../../support/engines.js'
import { SmtpInbox } from '../../support/smtp.js'
import { type TestClock, testClock } from '../../support/test-clock.js'

export const BASE_URL = 'https://prenota.example.org'
export const MAIL_FROM = 'Turno <noreply@example.org>'
const VIEWS = join(fileURLToPath(new URL('../../../views', import.meta.url)))

const PATIENCE = { connectMs: 10_000, silenceMs: 10_000, totalMs: 20_000 }
/** So that a server that hangs costs a test one second. */
export const SHORT = { ...PATIENCE, silenceMs: 1000 }

interface Parts {
  transport?: MailTransport
  unitOfWork?: Pick<TestDatabase['unitOfWork'], 'run'>
  dataSource?: DataSource
  log?: Log
}

/** Everything around the outbox: a real database, a real SMTP server, and a clock that the test moves. */
export class MailHouse {
  readonly clock: TestClock = testClock(THE_DAY_BEFORE)
  readonly events = new EventBus(makeLog('silent'))
  readonly secrets = makeSecrets('s'.repeat(32))
  private readonly transports: MailTransport[] = []
  private bookings = 0

  private constructor(
    readonly database: TestDatabase,
    readonly inbox: SmtpInbox,
    readonly directory: SiteDirectory,
  ) {}

  static async open(engine: Engine): Promise<MailHouse> {
    const database = await openTestDatabase(engine)
    const directory = new SiteDirectory({ dataSource: database.dataSource, events: new EventBus(makeLog('silent')) })
    const house = new MailHouse(database, await SmtpInbox.create(), directory)
    await database.unitOfWork.run((tx) => new SiteStore(tx.em).addAll(exampleSites()))
    return house
  }

  async close(): Promise<void> {
    for (const transport of this.transports) transport.close()
    await this.inbox.close()
    await this.database.close()
  }

  /** Empties outbox, bookings and inbox, and sets the clock back. */
  async reset(): Promise<void> {
    for (const target of [OutboxEntity, BookingEntity]) {
      await this.database.unitOfWork.run(({ em }) => em.createQueryBuilder().delete().from(target).execute())
    }
    this.inbox.reset()
    this.clock.set(THE_DAY_BEFORE)
  }

  smtp(patience = PATIENCE): MailTransport {
    const transport = makeSmtpTransport(this.inbox.url, { name: 'Turno', address: 'noreply@example.org' }, patience)
    this.transports.push(transport)
    return transport
  }

  sender({ transport = this.smtp(), unitOfWork, dataSource, log }: Parts = {}): MailSender {
    const { clock, events, secrets, directory, database } = this
    const source = dataSource ?? database.dataSource
    const findBooking = (id: string) => new BookingStore(source.manager).findById(id)
    const render = makeRenderMail(VIEWS)
    const isProven = (email: string) => new BookingStore(source.manager).isProven(email)
    const write = makeWriteNotice({
      findBooking,
      isProven,
      closureReason: (booking, timeZone) => closureReason(source.manager, booking, timeZone),
      bookingsOf: (email) => new BookingStore(source.manager).ofMail(email, clock()),
      sites: directory,
      matters: new MatterDirectory({ dataSource: source, events }),
      secrets,
      clock,
      render,
      baseUrl: BASE_URL,
      mailFrom: MAIL_FROM,
    })
    return new MailSender({
      dataSource: source,
      unitOfWork: (unitOfWork ?? database.unitOfWork) as TestDatabase['unitOfWork'],
      clock,
      log: log ?? makeLog('silent'),
      events,
      transport,
      write,
      isHeld: () => Promise.resolve(false),
      noteSent: () => Promise.resolve(),
    })
  }

  /** A booking of its own person, in the database. */
  async book(part: Partial<Booking> = {}): Promise<Booking> {
    const number = String(++this.bookings).padStart(4, '0')
    const booking = aBooking({
      id: `00000000-0000-4000-8000-00000000${number}`,
      code: `CODE${number}`,
      tokenHash: number.padStart(64, '0'),
      firstName: 'Nicolò',
      lastName: "D'Angelo-Müller",
      email: `visitor-${number}@example.org`,
      ...part,
    })
    await this.database.unitOfWork.run((tx) => new BookingStore(tx.em).add(booking))
    return booking
  }

  async change(booking: Booking, to: Partial<Booking>): Promise<Booking> {
    const done = await this.database.unitOfWork.run((tx) => new BookingStore(tx.em).change(booking, to))
    if (!done) throw new Error('the booking has changed')
    return { ...booking, ...to }
  }

  /** Queues a mail about a booking, due now. */
  async queue(booking: Booking, kind = 'confirmed', occurrence = String(booking.sequence)): Promise<void> {
    const event = { kind, subjectId: booking.id, occurrence, dueAt: this.clock() }
    await this.database.unitOfWork.run((tx) => addToOutbox(tx, event))
  }

  rows(): Promise<OutboxEntity[]> {
    return this.database.dataSource.manager.find(OutboxEntity, { order: { createdAt: 'ASC', kind: 'ASC' } })
  }

  /** The only row. @throws when there are none or several */
  async row(): Promise<OutboxEntity> {
    const [row, ...more] = await this.rows()
    if (!row || more.length > 0) throw new Error('not one row')
    return row
  }

  subjects(): (string | undefined)[] {
    return this.inbox.mails.map(({ parsed }) => parsed.subject)
  }
}
