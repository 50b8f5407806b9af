import { expect } from 'chai'
import { aRule } from '../../support/builders.js'
import { at, booked, freeAt, held } from '../../support/crowd.js'
import { forEachEngine } from '../../support/engines.js'
import { scene } from './scene.js'

describe('moving to another time (K8)', () => {
  forEachEngine((engine) => {
    const s = scene(engine)
    const move = (token: string, start: string) => s.app.api.post(`/bookings/${token}/move`, { start })

    it('E37: the old seat is free exactly once, the new one taken; link and code stay, one mail, the sequence grows', async () => {
      const [from, to] = [at('08:30', s.day()), at('10:00', s.day())]
      const { code, token } = await booked(s.app, s.person(), { start: from })
      const { status, body } = await move(token, to)
      expect(status).to.equal(200)
      expect(body.booking).to.include({
        code,
        token,
        start: to,
        end: to.replace('10:00', '10:15'),
        status: 'confirmed',
      })
      expect([await freeAt(s.app, from), await freeAt(s.app, to)]).to.deep.equal([2, 1])
      expect(await s.mails(code)).to.deep.equal(['confirmed', 'moved'])
      expect(await s.row(code)).to.include({ sequence: 1, onDay: to.slice(0, 10) })
      expect((await s.app.api.get(`/bookings/${token}`)).body).to.deep.equal(body)
    })

    it('twice, and back again: a mail each, the seats right each time', async () => {
      const [one, two] = [at('08:30', s.day()), at('10:00', s.day())]
      const { code, token } = await booked(s.app, s.person(), { start: one })
      for (const to of [two, one]) expect((await move(token, to)).status).to.equal(200)
      expect([await freeAt(s.app, one), await freeAt(s.app, two)]).to.deep.equal([1, 2])
      expect(await s.mails(code)).to.deep.equal(['confirmed', 'moved', 'moved'])
    })

    it('a party may overlap with itself: the shared slot is kept, the others change', async () => {
      const day = s.day()
      const free = async () =>
        Promise.all(['08:30', '08:45', '09:00', '09:15'].map((time) => freeAt(s.app, at(time, day))))
      const { token } = await booked(s.app, s.person(), { start: at('08:30', day), persons: 6 })
      expect(await free()).to.deep.equal([1, 1, 1, 2])
      expect((await move(token, at('08:45', day))).status).to.equal(200)
      expect(await free()).to.deep.equal([2, 1, 1, 1])
    })

    it('with one seat to each slot it may still overlap with itself', async () => {
      await s.app.saveCalendar({
        siteId: 'castano-primo',
        horizonDays: 365,
        rules: [{ rrule: 'FREQ=DAILY', startsOn: '2026-01-01', from: '08:30', to: '09:30', slotMinutes: 15, seats: 1 }],
      })
      const start = at('08:30', '2026-11-24')
      const site = 'castano-primo'
      const { token } = await booked(s.app, s.person(), { site, start, persons: 4 })
      expect((await move(token, at('08:45', '2026-11-24'))).body.booking.start).to.equal(at('08:45'))
      expect(await freeAt(s.app, start, 1, site)).to.equal(1)
      await booked(s.app, s.person(), { site, start })
      expect((await move(token, start)).body.code).to.equal('slot-full')
      expect((await move(token, at('09:00', '2026-11-24'))).status).to.equal(200)
    })

    it('to where it is: the same answer, nothing changed', async () => {
      const start = at('08:30', s.day())
      const { token } = await booked(s.app, s.person(), { start })
      const before = await s.app.database.contents()
      const { status, body } = await move(token, start)
      expect([status, body.booking.start]).to.deep.equal([200, start])
      expect(await s.app.database.contents()).to.deep.equal(before)
    })

    it('atomic: when the new one is full, or only its last slot is, nothing has changed and others are named', async () => {
      const day = s.day()
      const { token } = await booked(s.app, s.person(), { start: at('08:30', day), persons: 4 })
      await booked(s.app, s.person(), { start: at('10:15', day) })
      await held(s.app, { start: at('10:15', day) })
      const before = await s.app.database.contents()
      for (const time of ['10:15', '10:00']) {
        const { status, body } = await move(token, at(time, day))
        expect([status, body.code]).to.deep.equal([409, 'slot-full'])
        expect(body.alternatives).to.have.length(3)
      }
      expect(await s.app.database.contents()).to.deep.equal(before)
    })

    it('the others that are named may overlap with the booking itself, and are not where it is (case K16)', async () => {
      await s.app.saveCalendar({
        siteId: 'castano-primo',
        horizonDays: 365,
        rules: [aRule({ from: '09:00', to: '09:40', slotMinutes: 10, seats: 1 })],
      })
      const [site, day] = ['castano-primo', s.day()]
      const { token } = await booked(s.app, s.person(), { site, start: at('09:00', day), persons: 3 })
      await held(s.app, { site, start: at('09:30', day) })
      const { status, body } = await move(token, at('09:20', day))
      expect([status, body.code]).to.deep.equal([409, 'slot-full'])
      expect(body.alternatives[0]).to.equal(at('09:10', day))
      expect((await move(token, body.alternatives[0])).status).to.equal(200)
    })

    it('an expired hold gives way at once', async () => {
      const [from, to] = [at('08:30', s.day()), at('08:30', s.day())]
      const { token } = await booked(s.app, s.person(), { start: from })
      await held(s.app, { start: to })
      await held(s.app, { start: to })
      expect((await move(token, to)).body.code).to.equal('slot-full')
      s.app.clock.advanceMinutes(10)
      expect((await move(token, to)).status).to.equal(200)
    })

    it('what is not offered is refused (K1, S6), and so is a time beyond the horizon', async () => {
      const { token } = await booked(s.app, s.person(), { start: at('08:30', s.day()) })
      for (const start of [
        at('08:31', s.day()),
        at('08:30', '2026-11-29'),
        at('09:30', '2026-11-23'),
        '2027-12-01T08:30:00+01:00',
      ]) {
        expect((await move(token, start)).body, start).to.include({ status: 422, code: 'not-offered' })
      }
    })

    it('L2: once it has begun it is too late, and a cancelled one says so', async () => {
      const day = s.day()
      const [begun, cancelled] = [
        await booked(s.app, s.person(), { start: at('08:30') }),
        await booked(s.app, s.person(), { start: at('08:30', day) }),
      ]
      await s.app.api.post(`/bookings/${cancelled.token}/cancel`)
      expect((await move(cancelled.token, at('09:00', day))).body).to.include({ code: 'state', state: 'cancelled' })
      s.app.clock.set('2026-11-24T08:30:00+01:00')
      expect((await move(begun.token, at('09:00', day))).body).to.include({ status: 409, code: 'too-late' })
    })

    it('over the spring clock change it keeps the hour people read', async () => {
      const { token } = await booked(s.app, s.person(), { start: at('08:30', s.day()) })
      const { body } = await move(token, '2027-04-01T08:30:00+02:00')
      expect(body.booking).to.include({ start: '2027-04-01T08:30:00+02:00', end: '2027-04-01T08:45:00+02:00' })
    })

    it('H05: the calendar entry behind the link follows it', async () => {
      const { token } = await booked(s.app, s.person(), { start: at('08:30', s.day()) })
      const to = at('11:00', s.day())
      await move(token, to)
      const { status, body, headers } = await s.app.api.get(`/bookings/${token}/calendar.ics`)
      expect(status).to.equal(200)
      expect(headers.get('content-type')).to.match(/^text\/calendar/)
      expect(body)
        .to.match(/SEQUENCE:1/)
        .and.include(to.slice(0, 10).replaceAll('-', ''))
    })
  })
})
