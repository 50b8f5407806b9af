import { BookingEntity, mailedToken } from '../../../src/bookings/index.js'
import { addDays } from '../../../src/kernel/local-day.js'
import { JobRunEntity } from '../../../src/platform/jobs/job-run.entity.js'
import { OutboxEntity } from '../../../src/platform/mail/outbox.entity.js'
import { ServiceEntity, SiteEntity } from '../../../src/sites/index.js'
import { startApp, type TestApp } from '../../support/app.js'
import { aRule, THE_DAY, THE_DAY_BEFORE } from '../../support/builders.js'
import { expectOrder } from '../../support/crowd.js'
import type { Engine } from '../../support/engines.js'

/** Weekdays on which nothing opens, between THE_DAY and the spring clock change. */
const HOLIDAYS = new Set(['2026-12-08', '2026-12-25', '2027-01-01', '2027-01-06'])

/**
 * One app for a suite, Legnano and Magenta open on working days with 2 seats to each 15 minutes, for a year. Tests share
 * it without meeting: each takes days and people that nobody has had. After each test the oracle of traps.md must hold,
 * at once and after the jobs have run an hour later.
 */
export class Scene {
  app!: TestApp
  private lastDay = addDays(THE_DAY, -1)
  private lastPerson = 0

  /** A working day nobody has used. */
  day(): string {
    do this.lastDay = addDays(this.lastDay, 1)
    while ([0, 6].includes(new Date(this.lastDay).getUTCDay()) || HOLIDAYS.has(this.lastDay))
    return this.lastDay
  }

  /** Somebody who has not booked yet; a number for `visitorOf`. */
  person(): number {
    this.lastPerson += 1
    return this.lastPerson
  }

  /** Kinds of the mails queued about the booking, in the order of their kinds; all bookings' when no code is given. */
  async mails(code?: string): Promise<string[]> {
    const booking = code === undefined ? null : await this.row(code)
    const rows = await this.app.database.dataSource.manager.find(OutboxEntity)
    return rows
      .filter((row) => !booking || row.subjectId === booking.id)
      .map(({ kind }) => kind)
      .sort()
  }

  /** The stored booking of a code. */
  async row(code: string) {
    return this.app.database.dataSource.manager.findOneByOrFail(BookingEntity, { code })
  }

  /** The token in the mails about the booking of a code. */
  async mailed(code: string): Promise<string> {
    return mailedToken(this.app.secrets, await this.row(code))
  }

  /** A service that people only walk in for may be booked as well, at every site. */
  async alsoBookable(id: string): Promise<void> {
    await this.app.unitOfWork.run(async (tx) => {
      await tx.em.update(ServiceEntity, { id }, { bookable: true })
      tx.afterCommit(() => this.app.events.publish('site.changed', { siteId: 'legnano' }))
    })
  }

  /** Magenta demands confirmation by mail (K4), or no more. */
  async emailConfirmation(on: boolean, siteId = 'magenta'): Promise<void> {
    await this.app.unitOfWork.run(async (tx) => {
      await tx.em.update(SiteEntity, { id: siteId }, { emailConfirmation: on })
      tx.afterCommit(() => this.app.events.publish('site.changed', { siteId }))
    })
  }

  /** Runs all jobs, however often this minute has had its turn. */
  async runJobs(): Promise<void> {
    await this.app.unitOfWork.run(({ em }) => em.createQueryBuilder().delete().from(JobRunEntity).execute())
    await this.app.jobs.runAll()
  }
}

/** Declares the scene's hooks in the present suite. */
export function scene(engine: Engine, { trail = true }: { trail?: boolean } = {}): Scene {
  const it = new Scene()
  before(async function () {
    this.timeout(60_000)
    it.app = await startApp(engine)
    for (const siteId of ['legnano', 'magenta'])
      await it.app.saveCalendar({ siteId, rules: [aRule()], horizonDays: 365 })
  })
  afterEach(async () => {
    await expectOrder(it.app, { trail })
    it.app.clock.advanceMinutes(60)
    await it.runJobs()
    await expectOrder(it.app, { trail })
    it.app.clock.set(THE_DAY_BEFORE)
  })
  after(async function () {
    this.timeout(30_000)
    await it.app.close()
  })
  return it
}
