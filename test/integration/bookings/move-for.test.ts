import { expect } from 'chai'
import { AuditRecordEntity } from '../../../src/audit/index.js'
import { at, booked, freeAt, tally } from '../../support/crowd.js'
import { forEachEngine } from '../../support/engines.js'
import { signedIn, type StaffClient } from '../../support/staff.js'
import { scene } from './scene.js'

describe('staff move a booking for the visitor (K8, K10)', () => {
  forEachEngine((engine) => {
    const s = scene(engine)
    let anna: StaffClient
    let bruno: StaffClient
    beforeEach(async () => {
      // Sessions end while the scene goes on an hour after each test.
      const name = `s${s.person()}`
      anna = await signedIn(s.app, { username: `anna-${name}`, sites: ['legnano', 'magenta'] })
      bruno = await signedIn(s.app, { username: `bruno-${name}` })
    })

    const move = (code: string, body: object, { by = anna, site = 'legnano' } = {}) =>
      by.post(`/sites/${site}/bookings/${code}/move`, body)
    const record = async (code: string) => {
      const { id: subjectId } = await s.row(code)
      const where = { subjectKind: 'booking', subjectId, what: 'move-booking' } as const
      const [last] = await s.app.database.dataSource.manager.find(AuditRecordEntity, { where, order: { id: 'DESC' } })
      return last
    }

    it('takes the new seat before the old goes back; link, code and mail as when the visitor does; audited (A3)', async () => {
      const [from, to] = [at('08:30', s.day()), at('10:00', s.day())]
      const { code, token } = await booked(s.app, s.person(), { start: from })
      const { status, body } = await move(code, { start: to })
      expect([status, body.booking.start, body.booking.code]).to.deep.equal([200, to, code])
      expect(body.booking).not.to.have.property('token')
      expect([await freeAt(s.app, from), await freeAt(s.app, to)]).to.deep.equal([2, 1])
      expect(await s.mails(code)).to.deep.equal(['confirmed', 'moved'])
      expect((await s.app.api.get(`/bookings/${token}`)).body.booking).to.include({ code, start: to })
      expect(await record(code)).to.include({ who: anna.username, reason: null })
    })

    it('to another site: seats, link and calendar entry follow; the record says from where to where, and why', async () => {
      const [from, to] = [at('08:30', s.day()), at('09:00', s.day())]
      const { code, token } = await booked(s.app, s.person(), { start: from })
      const moved = await move(code, { start: to, site: 'magenta', reason: 'abita a Magenta' })
      expect([moved.status, moved.body.booking.site]).to.deep.equal([200, 'magenta'])
      expect([await freeAt(s.app, from), await freeAt(s.app, to), await freeAt(s.app, to, 1, 'magenta')]).to.deep.equal(
        [2, 2, 1],
      )
      expect((await s.app.api.get(`/bookings/${token}`)).body.booking).to.include({ site: 'magenta', start: to })
      expect(await record(code)).to.include({ reason: 'legnano → magenta; abita a Magenta' })
      const entry = (await s.app.api.get(`/bookings/${token}/calendar.ics`)).body
      expect(entry)
        .to.match(/SEQUENCE:1/)
        .and.match(/LOCATION:[^\n]*Magenta/)
      expect((await move(code, { start: from })).status, 'Legnano has it no more').to.equal(404)
      expect((await move(code, { start: from, site: 'legnano' }, { site: 'magenta' })).status).to.equal(200)
    })

    it('the same start at another site is a move; to where it is already nothing changes', async () => {
      const start = at('08:30', s.day())
      const { code } = await booked(s.app, s.person(), { start })
      const before = await s.app.database.contents('staff_session')
      expect((await move(code, { start })).status).to.equal(200)
      expect(await s.app.database.contents('staff_session')).to.deep.equal(before)
      expect((await move(code, { start, site: 'magenta' })).body.booking).to.include({ site: 'magenta', start })
    })

    it('only who works at both sites: at the booking’s, and where it is to go', async () => {
      const start = at('08:30', s.day())
      const { code } = await booked(s.app, s.person(), { start })
      const there = await booked(s.app, s.person(), { start, site: 'magenta' })
      const to = at('09:00', s.day())
      expect((await move(code, { start: to, site: 'magenta' }, { by: bruno })).status).to.equal(403)
      expect((await move(there.code, { start: to, site: 'legnano' }, { by: bruno, site: 'magenta' })).status).to.equal(
        403,
      )
      expect((await move(there.code, { start: to }, { by: bruno })).status, 'not this site’s').to.equal(404)
      expect((await s.app.api.post(`/sites/legnano/bookings/${code}/move`, { start: to })).status).to.equal(401)
      expect((await s.row(code)).siteId).to.equal('legnano')
      expect((await move(code, { start: to }, { by: bruno })).status).to.equal(200)
    })

    it('with a reason beyond notice and horizon (S6), never to what was never offered (K1)', async () => {
      const { code } = await booked(s.app, s.person(), { start: at('08:30', s.day()) })
      const far = '2028-03-01T08:30:00+01:00'
      expect((await move(code, { start: far })).body).to.include({ status: 422, code: 'not-offered' })
      expect((await move(code, { start: far, reason: 'torna dall’estero' })).status).to.equal(200)
      for (const start of [at('08:31', s.day()), at('08:30', '2026-11-29'), at('08:30', '2026-11-20')])
        expect((await move(code, { start, reason: 'insiste' })).body, start).to.include({ code: 'not-offered' })
    })

    it('is not counted with the moves of the link, and is free of their limit (X5)', async () => {
      const days = [s.day(), s.day()]
      const { code, token } = await booked(s.app, s.person(), { start: at('08:30', days[0]) })
      const byLink = (n: number) => s.app.api.post(`/bookings/${token}/move`, { start: at('09:00', days[n % 2]) })
      for (let n = 0; n < 6; n++) expect((await move(code, { start: at('10:00', days[n % 2]) })).status).to.equal(200)
      const moves = []
      for (let n = 0; n < 6; n++) moves.push(await byLink(n))
      expect(tally(moves)).to.deep.equal(s.app.config.rateLimits ? { 200: 5, '429 too-many-moves': 1 } : { 200: 6 })
      expect((await move(code, { start: at('11:00', days[0]) })).status).to.equal(200)
    })

    it('full: nothing has changed, and others near it are named; begun or cancelled says so', async () => {
      const [day, to] = [s.day(), at('10:15', s.day())]
      const { code } = await booked(s.app, s.person(), { start: at('08:30', day) })
      for (let n = 0; n < 2; n++) await booked(s.app, s.person(), { start: to })
      const full = await move(code, { start: to, reason: 'ha fretta' })
      expect([full.status, full.body.code, full.body.alternatives.length]).to.deep.equal([409, 'slot-full', 3])
      expect(await s.row(code)).to.include({ sequence: 0, onDay: day })
      const gone = await booked(s.app, s.person(), { start: at('08:30', s.day()) })
      await anna.post(`/sites/legnano/bookings/${gone.code}/cancel`, { reason: 'prova' })
      const later = at('09:00', s.day())
      expect((await move(gone.code, { start: later })).body).to.include({ code: 'state', state: 'cancelled' })
      s.app.clock.set(at('08:30', day))
      const carla = await signedIn(s.app, { username: `carla-${s.person()}` })
      const begun = await move(code, { start: later, reason: 'è in ritardo' }, { by: carla })
      expect([begun.status, begun.body.code]).to.deep.equal([409, 'too-late'])
    })

    it('the visitor and staff move it at once: one wins, the seats are right', async () => {
      const [day, other] = [s.day(), s.day()]
      const { code, token } = await booked(s.app, s.person(), { start: at('08:30', day) })
      const both = await Promise.all([
        move(code, { start: at('09:00', other), site: 'magenta' }),
        s.app.api.post(`/bookings/${token}/move`, { start: at('10:00', other) }),
      ])
      // One after the other is as good: then the second begins where the first has put it.
      expect(both.every(({ status }) => [200, 409].includes(status))).to.equal(true)
      expect(both.some(({ status }) => status === 200)).to.equal(true)
    })
  })
})
