import { expect } from 'chai'
import { BookingEntity } from '../../../src/bookings/index.js'
import { at, bodyOf, bodyWithHold, booked, freeAt, held, SERVICE } from '../../support/crowd.js'
import { forEachEngine } from '../../support/engines.js'
import { scene } from './scene.js'

describe('holding seats (K4)', () => {
  forEachEngine((engine) => {
    const s = scene(engine)
    const hold = (part: Record<string, unknown>, headers?: Record<string, string>) =>
      s.app.api.post('/holds', { site: 'legnano', service: SERVICE, ...part }, headers)

    it('gives a secret, the slot and an end ten minutes away; the seat is gone for others (E17, E19)', async () => {
      const start = at('08:30', s.day())
      const answer = await hold({ start })
      expect(answer.status).to.equal(201)
      expect(answer.body).to.deep.equal({
        hold: answer.body.hold,
        start,
        end: start.replace('08:30', '08:45'),
        expiresAt: '2026-11-23T09:10:00+01:00',
      })
      expect(answer.body.hold).to.match(/^[A-Za-z0-9_-]{43}$/)
      expect(await freeAt(s.app, start)).to.equal(1)
    })

    it('E19: others are refused, its owner books it', async () => {
      const start = at('08:30', s.day())
      const [mine] = [await held(s.app, { start }), await held(s.app, { start })]
      expect((await hold({ start })).body.code).to.equal('slot-full')
      expect((await s.app.api.post('/bookings', bodyOf(s.person(), { start }))).body.code).to.equal('slot-full')
      const answer = await s.app.api.post('/bookings', bodyWithHold(s.person(), mine.hold))
      expect(answer.status).to.equal(201)
      expect(answer.body.booking).to.include({ start, status: 'confirmed', persons: 1 })
      expect(await freeAt(s.app, start)).to.equal(0)
    })

    it('K2: a party takes all its slots or none', async () => {
      const day = s.day()
      const { end } = await held(s.app, { start: at('09:00', day), persons: 5 })
      expect(end).to.equal(at('09:45', day))
      expect(
        await Promise.all(['09:00', '09:15', '09:30', '09:45'].map((time) => freeAt(s.app, at(time, day)))),
      ).to.deep.equal([1, 1, 1, 2])
      await held(s.app, { start: at('09:15', day) })
      const refused = await hold({ start: at('09:00', day), persons: 3 })
      expect(refused.body.code).to.equal('slot-full')
      expect(await freeAt(s.app, at('09:00', day))).to.equal(1)
    })

    const notOffered: [title: string, part: (day: string) => Record<string, unknown>][] = [
      ['off the grid', (day) => ({ start: at('08:31', day) })],
      ['before it opens', (day) => ({ start: at('08:15', day) })],
      ['at its closing', (day) => ({ start: at('12:30', day) })],
      ['K2: a party that would go past closing', (day) => ({ start: at('12:15', day), persons: 3 })],
      ['on a Sunday', () => ({ start: at('08:30', '2026-11-29') })],
      ['on a holiday', () => ({ start: at('08:30', '2026-12-08') })],
      ['in the past', () => ({ start: at('08:30', '2026-11-23') })],
      ['S6: sooner than the notice', () => ({ start: at('09:45', '2026-11-23') })],
      ['S6: beyond the horizon', () => ({ start: '2027-11-24T08:30:00+01:00' })],
      ['at another site’s hours', () => ({ site: 'cuggiono', start: at('12:45') })],
      ['a service that is not booked', (day) => ({ service: 'neonati', start: at('08:30', day) })],
      ['a service nobody knows', (day) => ({ service: 'passaporti', start: at('08:30', day) })],
      ['a site nobody knows', (day) => ({ site: 'milano', start: at('08:30', day) })],
      ['a second too late', (day) => ({ start: at('08:30', day).replace(':00+', ':01+') })],
      ['the same hour of another zone', (day) => ({ start: at('08:30', day).replace('+01:00', '-05:00') })],
    ]
    for (const [title, part] of notOffered) {
      it(`K1: what is not offered is refused though a seat could be counted: ${title}`, async () => {
        const before = await s.app.database.contents('job_run')
        const answer = await hold(part(s.day()))
        expect([answer.status, answer.body.code]).to.deep.equal([422, 'not-offered'])
        expect(await s.app.database.contents('job_run')).to.deep.equal(before)
      })
    }

    it('S6: exactly at the notice and on the last day of the horizon it is offered', async () => {
      expect((await hold({ start: at('10:00', '2026-11-23') })).status).to.equal(201)
      expect((await hold({ start: '2027-11-23T08:30:00+01:00' })).status).to.equal(201)
    })

    it('the instant counts, not how it is written', async () => {
      const day = s.day()
      const { start } = await held(s.app, { start: at('08:30', day).replace('08:30:00+01:00', '07:30:00Z') })
      expect(start).to.equal(at('08:30', day))
    })

    it('K4: at its end the seat is free at once, without a job, to see and to take; the old hold is told so', async () => {
      const start = at('08:30', s.day())
      const [{ hold: late }] = [await held(s.app, { start }), await held(s.app, { start })]
      expect(await freeAt(s.app, start)).to.equal(0)
      s.app.clock.advanceMinutes(10)
      expect(await freeAt(s.app, start)).to.equal(2)
      for (const person of [s.person(), s.person()]) await booked(s.app, person, { start })
      const answer = await s.app.api.post('/bookings', bodyWithHold(s.person(), late))
      expect([answer.status, answer.body.code]).to.deep.equal([409, 'hold-expired'])
    })

    it('K4: one second before its end it still counts', async () => {
      const start = at('08:30', s.day())
      const { hold: mine } = await held(s.app, { start })
      await held(s.app, { start })
      s.app.clock.set('2026-11-23T09:09:59+01:00')
      expect(await freeAt(s.app, start)).to.equal(0)
      expect((await s.app.api.post('/bookings', bodyWithHold(s.person(), mine))).status).to.equal(201)
    })

    it('E23: expired while somebody took the place: 409 with alternatives, the same start among them if it is free', async () => {
      const [day, other] = [s.day(), s.day()]
      const { hold: taken } = await held(s.app, { start: at('08:30', day) })
      const { hold: free } = await held(s.app, { start: at('09:00', other) })
      s.app.clock.advanceMinutes(11)
      for (const person of [s.person(), s.person()]) await booked(s.app, person, { start: at('08:30', day) })
      const refused = await s.app.api.post('/bookings', bodyWithHold(s.person(), taken))
      expect([refused.status, refused.body.code]).to.deep.equal([409, 'hold-expired'])
      expect(refused.body.alternatives).to.deep.equal(['08:45', '09:00', '09:15'].map((time) => at(time, day)))
      const again = await s.app.api.post('/bookings', bodyWithHold(s.person(), free))
      expect(again.body.alternatives).to.include(at('09:00', other)).and.have.length(3)
    })

    it('a full slot names up to three others near it, that are free for the whole party', async () => {
      const day = s.day()
      for (const person of [s.person(), s.person()]) await booked(s.app, person, { start: at('10:00', day) })
      await booked(s.app, s.person(), { start: at('10:15', day), persons: 2 })
      await booked(s.app, s.person(), { start: at('10:15', day), persons: 2 })
      const { body } = await hold({ start: at('10:00', day), persons: 3 })
      expect(body.code).to.equal('slot-full')
      expect(body.alternatives).to.have.length(3)
      for (const start of body.alternatives as string[])
        expect(await freeAt(s.app, start, 3), start).to.be.greaterThan(0)
      expect(body.alternatives).to.include(at('09:30', day))
    })

    it('is let go before its time: 204, free at once; again: 204; as a booking it stays', async () => {
      const start = at('08:30', s.day())
      const { hold: mine } = await held(s.app, { start })
      expect((await s.app.api.delete(`/holds/${mine}`)).status).to.equal(204)
      expect(await freeAt(s.app, start)).to.equal(2)
      expect((await s.app.api.delete(`/holds/${mine}`)).status).to.equal(204)
      expect(await freeAt(s.app, start)).to.equal(2)
      const late = await s.app.api.post('/bookings', bodyWithHold(s.person(), mine))
      expect(late.body.code).to.equal('hold-expired')
      const { hold: kept } = await held(s.app, { start })
      await s.app.api.post('/bookings', bodyWithHold(s.person(), kept))
      const refused = await s.app.api.delete(`/holds/${kept}`)
      expect(refused.body).to.include({ status: 409, code: 'state', state: 'confirmed' })
      expect(await freeAt(s.app, start)).to.equal(1)
    })

    it('T09, L2: a hold that nobody has, by case, by a space, of any shape: 404', async () => {
      const { hold: mine } = await held(s.app, { start: at('08:30', s.day()) })
      const forged = [mine.toUpperCase(), `${mine}%20`, `${mine}=`, mine.slice(1), 'x', '0', '%00', 'a'.repeat(43)]
      for (const wrong of forged.filter((text) => text !== mine)) {
        expect((await s.app.api.delete(`/holds/${wrong}`)).status, wrong).to.equal(404)
      }
    })

    it('case E21: services that share a calendar share its seats', async () => {
      await s.alsoBookable('accesso-diretto')
      const services = { serviceIds: [SERVICE, 'accesso-diretto'], calendarId: 'shared', siteId: 'abbiategrasso' }
      await s.app.unitOfWork.run(({ em }) => em.delete('CalendarEntity', { siteId: 'abbiategrasso', id: SERVICE }))
      s.app.events.publish('calendar.changed', { siteId: 'abbiategrasso', calendarId: SERVICE })
      await s.app.saveCalendar({
        ...services,
        rules: [{ rrule: 'FREQ=DAILY', startsOn: '2026-01-01', from: '08:30', to: '09:30', slotMinutes: 30, seats: 1 }],
      })
      const start = at('08:30', '2026-11-25')
      await held(s.app, { site: 'abbiategrasso', start })
      const other = await hold({ site: 'abbiategrasso', service: 'accesso-diretto', start })
      expect(other.body.code).to.equal('slot-full')
      const { body } = await s.app.api.get('/sites/abbiategrasso/services/accesso-diretto/slots?date=2026-11-25')
      expect(body.slots.map(({ free }: { free: number }) => free)).to.deep.equal([0, 1])
    })

    it('L1: at rest there is a hash, and no token, code or name before there is a booking', async () => {
      const { hold: mine } = await held(s.app, { start: at('08:30', s.day()) })
      const contents = JSON.stringify(await s.app.database.contents())
      expect(contents).not.to.include(mine)
      const row = await s.app.database.dataSource.manager.findOneByOrFail(BookingEntity, { status: 'held' })
      expect(row).to.include({ code: null, firstName: null, email: null, personHash: null })
      const token = s.app.secrets.tokenFor('booking', row.id)
      expect((await s.app.api.get(`/bookings/${token}`)).status).to.equal(404)
      expect((await s.app.api.post(`/bookings/${token}/cancel`)).status).to.equal(404)
    })
  })
})
