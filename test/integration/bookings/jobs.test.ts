import { expect } from 'chai'
import { moveOn } from '../../../src/bookings/booking-changes.js'
import { BookingEntity } from '../../../src/bookings/index.js'
import { SeatClaimEntity, TakenSeatsEntity } from '../../../src/seats/index.js'
import { aRule } from '../../support/builders.js'
import { at, booked, held } from '../../support/crowd.js'
import { forEachEngine } from '../../support/engines.js'
import { scene } from './scene.js'

describe('what happens to bookings by itself', () => {
  forEachEngine((engine) => {
    const s = scene(engine)
    const statusOf = async (token: string) => (await s.app.api.get(`/bookings/${token}`)).body.booking.status

    it('K11: two hours after the site has closed, who was confirmed and did not come is a no-show; not a minute before', async () => {
      const { code, token } = await booked(s.app, s.person(), { start: at('08:30', '2027-02-09') })
      const later = await booked(s.app, s.person(), { start: at('08:30', '2027-02-10') })
      s.app.clock.set('2027-02-09T14:29:00+01:00') // it closes at 12:30
      await s.runJobs()
      expect(await statusOf(token)).to.equal('confirmed')
      s.app.clock.set('2027-02-09T14:30:00+01:00')
      await s.runJobs()
      expect([await statusOf(token), await statusOf(later.token)]).to.deep.equal(['no-show', 'confirmed'])
      expect(await s.mails(code)).not.to.include('cancelled')
    })

    it('K11: who has arrived, was served or cancelled stays so', async () => {
      const tokens: Record<string, string> = {}
      for (const status of ['arrived', 'served', 'cancelled'] as const) {
        const { code, token } = await booked(s.app, s.person(), {
          start: at('09:00', '2027-02-11').replace('09:00', `09:${status === 'arrived' ? '00' : '15'}`),
        })
        tokens[status] = token
        if (status === 'cancelled') await s.app.api.post(`/bookings/${token}/cancel`)
        else await arrive(code, status)
      }
      s.app.clock.set('2027-02-11T20:00:00+01:00')
      await s.runJobs()
      for (const [status, token] of Object.entries(tokens)) expect(await statusOf(token)).to.equal(status)
    })

    /** As the counter will do it: by the same compare-and-swap, with its audit record. */
    const arrive = async (code: string, status: 'arrived' | 'served') => {
      const row = await s.row(code)
      const step = { who: 'giulia', what: 'check-in', at: s.app.clock() }
      await s.app.unitOfWork.run(async (tx) => {
        const is = await moveOn(tx, row, { ...step, to: { status: 'arrived' } })
        if (status === 'served') await moveOn(tx, is, { ...step, to: { status: 'served' } })
      })
    }

    it('K11: days missed while the server was off are made up for, also when the calendar has changed since', async () => {
      const { token } = await booked(s.app, s.person(), { site: 'magenta', start: at('12:15', '2027-02-12') })
      await s.app.saveCalendar({ siteId: 'magenta', rules: [aRule({ startsOn: '2027-03-01' })] })
      s.app.clock.set('2027-02-12T14:29:00+01:00')
      await s.runJobs()
      expect(await statusOf(token)).to.equal('confirmed')
      s.app.clock.set('2027-02-15T00:01:00+01:00')
      await s.runJobs()
      expect(await statusOf(token)).to.equal('no-show')
      await s.app.saveCalendar({ siteId: 'magenta', rules: [aRule()] })
    })

    it('K4: the job writes down what is over and gives its seats back for good; twice is once', async () => {
      const start = at('08:30', s.day())
      await held(s.app, { start, persons: 3 })
      s.app.clock.advanceMinutes(10)
      for (let run = 0; run < 2; run++) {
        await s.runJobs()
        const { manager } = s.app.database.dataSource
        const day = { onDay: start.slice(0, 10) }
        expect(await manager.countBy(BookingEntity, { ...day, status: 'expired' })).to.equal(1)
        expect(await manager.countBy(SeatClaimEntity, { startsAt: new Date(start) })).to.equal(0)
        expect(
          (await manager.findOneByOrFail(TakenSeatsEntity, { startsAt: new Date(start), siteId: 'legnano' })).taken,
        ).to.equal(0)
      }
    })

    it('K4: the job after somebody has taken the seat of an expired hold takes nothing from them', async () => {
      const start = at('08:30', s.day())
      for (let seat = 0; seat < 2; seat++) await held(s.app, { start })
      s.app.clock.advanceMinutes(10)
      const people = [await booked(s.app, s.person(), { start }), await booked(s.app, s.person(), { start })]
      await s.runJobs()
      expect((await s.app.api.post('/holds', { site: 'legnano', service: 'scelta-revoca', start })).body.code).to.equal(
        'slot-full',
      )
      for (const { token } of people) expect(await statusOf(token)).to.equal('confirmed')
    })

    it('T20: a minute’s jobs run on one instance only', async () => {
      const { jobs } = s.app
      await s.runJobs()
      const before = await s.app.database.contents()
      await Promise.all([jobs.runAll(), jobs.runAll()])
      expect(await s.app.database.contents()).to.deep.equal(before)
    })

    it('jobs and people at once: whoever is first wins, the other is told, nothing is counted twice', async () => {
      const start = at('08:30', s.day())
      const holds = [await held(s.app, { start }), await held(s.app, { start })]
      s.app.clock.advanceMinutes(10)
      await Promise.all([
        s.runJobs(),
        ...holds.map(({ hold }) => s.app.api.delete(`/holds/${hold}`)),
        ...[1, 2, 3].map(() => s.app.api.post('/holds', { site: 'legnano', service: 'scelta-revoca', start })),
      ])
    })
  })
})
