import { expect } from 'chai'
import { ReminderStore } from '../../../src/notices/reminder.store.js'
import { remindersJob } from '../../../src/notices/reminders.job.js'
import type { Job } from '../../../src/platform/jobs/jobs.js'
import { SiteDirectory, SiteStore } from '../../../src/sites/index.js'
import { aSite, THE_DAY } from '../../support/builders.js'
import { forEachEngine } from '../../support/engines.js'
import { MailHouse } from './mail-house.js'

const EVENING = new Date('2026-11-23T18:00:00+01:00')
const at = (time: string) => new Date(`${THE_DAY}T${time}:00+01:00`)

describe('reminders of the day before (L3)', () => {
  forEachEngine((engine) => {
    let house: MailHouse
    let job: Job
    const jobOf = ({ database, events, directory }: MailHouse) =>
      remindersJob({
        reminders: new ReminderStore(database.dataSource.manager),
        unitOfWork: database.unitOfWork,
        events,
        sites: directory,
      })
    const reminded = async () =>
      (await house.rows()).filter(({ kind }) => kind === 'reminder').map(({ subjectId }) => subjectId)
    const runAt = async (now: Date | string) => {
      house.clock.set(now)
      await job.run(house.clock())
    }

    before(async function () {
      this.timeout(60_000)
      house = await MailHouse.open(engine)
      job = jobOf(house)
    })
    beforeEach(() => house.reset())
    after(() => house.close())

    it('go out at 18:00, once, however often the job runs', async () => {
      const { id } = await house.book()
      await runAt('2026-11-23T17:59:59+01:00')
      expect(await reminded()).to.deep.equal([])
      await runAt(EVENING)
      await runAt(EVENING)
      await runAt('2026-11-24T08:00:00+01:00')
      expect(await reminded()).to.deep.equal([id])
      expect((await house.row()).occurrence).to.equal(THE_DAY)
    })

    it('are sent with the calendar entry and say the day', async () => {
      await house.book()
      await runAt(EVENING)
      await house.sender().sendDue()
      expect(house.subjects()).to.deep.equal(['Promemoria della sua prenotazione'])
      expect(house.inbox.mails[0]?.parsed.text).to.include('martedì 24 novembre 2026, ore 8:30')
    })

    it('are not lost when the program was off in the evening, but not sent after the start', async () => {
      await house.book({ startsAt: at('08:30') })
      const { id } = await house.book({ startsAt: at('11:00') })
      await runAt(at('09:00'))
      expect(await reminded()).to.deep.equal([id])
    })

    it('are not for those who booked, confirmed or moved after 18:00: they have just had a mail', async () => {
      house.clock.set('2026-11-23T18:30:00+01:00')
      await house.book({ bookedAt: house.clock() })
      const confirmed = await house.book()
      await house.queue(confirmed, 'confirmed')
      const moved = await house.book()
      await house.queue(moved, 'moved', '1')
      await runAt('2026-11-23T19:00:00+01:00')
      expect(await reminded()).to.deep.equal([])
    })

    it('are only for what is confirmed, of that day, with somewhere to write to', async () => {
      await house.book({ status: 'cancelled' })
      await house.book({ status: 'pending', expiresAt: new Date('2026-11-23T18:30:00+01:00') })
      await house.book({ email: null })
      await house.book({ startsAt: new Date('2026-11-25T08:30:00+01:00'), onDay: '2026-11-25' })
      const { id } = await house.book()
      await runAt(EVENING)
      expect(await reminded()).to.deep.equal([id])
    })

    it('come again for the new day after a move to another day', async () => {
      const booking = await house.book()
      await runAt(EVENING)
      const to = { startsAt: new Date('2026-12-01T08:30:00+01:00'), onDay: '2026-12-01', sequence: 1 }
      await house.change(booking, to)
      await runAt('2026-11-30T18:00:00+01:00')
      expect((await house.rows()).map(({ occurrence }) => occurrence).sort()).to.deep.equal([THE_DAY, '2026-12-01'])
    })

    it('announce themselves, so that the sender does not wait for its round', async () => {
      let announced = 0
      house.events.on('outbox.added', () => {
        announced += 1
      })
      await house.book()
      await runAt(EVENING)
      expect(announced).to.equal(1)
    })

    it('of a full day are written in a few statements, by two instances at once, each once', async function () {
      this.timeout(60_000)
      const bookings = await Promise.all(Array.from({ length: 450 }, () => house.book()))
      house.clock.set(EVENING)
      await Promise.all([job.run(house.clock()), jobOf(house).run(house.clock())])
      await runAt('2026-11-23T18:01:00+01:00')
      expect(new Set(await reminded())).to.deep.equal(new Set(bookings.map(({ id }) => id)))
      expect(await reminded()).to.have.length(450)
    })
  })
})

describe('reminders in other zones', () => {
  forEachEngine((engine) => {
    it("go out at each site's own 18:00", async function () {
      this.timeout(60_000)
      const house = await MailHouse.open(engine)
      const far = aSite({ id: 'auckland', timeZone: 'Pacific/Auckland' })
      await house.database.unitOfWork.run(({ em }) =>
        new SiteStore(em).addAll({ sites: [far], services: [], offers: [] }),
      )
      const directory = new SiteDirectory({ dataSource: house.database.dataSource, events: house.events })
      const reminders = new ReminderStore(house.database.dataSource.manager)
      const job = remindersJob({
        reminders,
        unitOfWork: house.database.unitOfWork,
        events: house.events,
        sites: directory,
      })
      const bookedAt = new Date('2026-11-20T08:00:00Z')
      const startsAt = new Date('2026-11-23T19:30:00Z')
      const near = await house.book({ bookedAt })
      const away = await house.book({ siteId: 'auckland', startsAt, bookedAt, onDay: THE_DAY })
      await job.run(new Date('2026-11-23T04:59:00Z'))
      expect(await house.rows()).to.have.length(0)
      await job.run(new Date('2026-11-23T05:00:00Z'))
      expect((await house.rows()).map(({ subjectId }) => subjectId)).to.deep.equal([away.id])
      await job.run(EVENING)
      expect((await house.rows()).map(({ subjectId }) => subjectId).sort()).to.deep.equal([near.id, away.id].sort())
      await house.close()
    })
  })
})
