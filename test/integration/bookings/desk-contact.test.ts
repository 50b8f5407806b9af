import { expect } from 'chai'
import { AuditRecordEntity } from '../../../src/audit/index.js'
import { at, booked } from '../../support/crowd.js'
import { forEachEngine } from '../../support/engines.js'
import { signedIn, type StaffClient } from '../../support/staff.js'
import { scene } from './scene.js'

const REASON = { reason: 'Documento visto, indirizzo scritto male' }

describe('a wrong address is put right at the desk (C4, K10)', function () {
  this.timeout(60_000)
  forEachEngine((engine) => {
    const s = scene(engine)
    let desk: StaffClient
    let members = 0
    // Between tests more than an hour passes: nobody stays signed in for that.
    beforeEach(async () => {
      members += 1
      desk = await signedIn(s.app, { username: `desk-${members}` })
    })
    const correct = (code: string, body: object, client = desk, site = 'legnano') =>
      client.post(`/sites/${site}/bookings/${code}/contact`, body)

    it('whatever browser booked and whenever: the link is made anew, and staff do not see it', async () => {
      const { code, token } = await booked(s.app, s.person(), { start: at('08:30', s.day()) })
      s.app.clock.advanceMinutes(20)
      const { status, body } = await correct(code.toLowerCase(), { email: 'giusta@example.org', ...REASON })
      expect(status, JSON.stringify(body)).to.equal(200)
      expect(body.booking.visitor.email).to.equal('giusta@example.org')
      expect(body.booking).not.to.have.any.keys('token', 'manageUrl')
      expect(JSON.stringify(body)).not.to.include((await s.mailed(code)).slice(0, 43))
      expect((await s.app.api.get(`/bookings/${token}`)).status).to.equal(404)
      expect((await s.app.api.get(`/bookings/${await s.mailed(code)}`)).status).to.equal(200)
      expect(await s.mails(code)).to.deep.equal(['confirmed', 'confirmed'])
    })

    it('A3, A5: on record with who and why, without the address', async () => {
      const { code } = await booked(s.app, s.person(), { start: at('08:30', s.day()) })
      await correct(code, { email: 'segreta@example.org', phone: '02 7654321', ...REASON })
      const { id: subjectId } = await s.row(code)
      const found = await s.app.database.dataSource.manager.findBy(AuditRecordEntity, {
        subjectId,
        what: 'correct-contact',
      })
      expect(found.map(({ who, reason }) => [who, reason])).to.deep.equal([[desk.username, REASON.reason]])
      expect(JSON.stringify(found)).not.to.match(/segreta|027654321/)
    })

    it('without a reason 400, without anything to put right 422', async () => {
      const { code, token } = await booked(s.app, s.person(), { start: at('08:30', s.day()) })
      for (const body of [{ email: 'giusta@example.org' }, { email: 'giusta@example.org', reason: ' ' }]) {
        const answer = await correct(code, body)
        expect([answer.status, answer.body.errors[0].code]).to.deep.equal([400, 'reason-wanted'])
      }
      expect((await correct(code, REASON)).status).to.equal(422)
      expect((await correct(code, { email: 'maria', ...REASON })).status).to.equal(422)
      expect((await s.app.api.get(`/bookings/${token}`)).status).to.equal(200)
    })

    it('A1: of one’s own site alone; strangers are not asked what they want', async () => {
      const { code } = await booked(s.app, s.person(), { start: at('08:30', s.day()) })
      const body = { email: 'giusta@example.org', ...REASON }
      expect((await correct(code, body, desk, 'magenta')).status).to.equal(403)
      const admin = await signedIn(s.app, { role: 'admin' })
      expect((await correct(code, body, admin, 'magenta')).status).to.equal(404)
      expect((await correct('AAAAAAAA', body)).status).to.equal(404)
      expect((await s.app.api.post(`/sites/legnano/bookings/${code}/contact`, {})).status).to.equal(401)
    })

    it('until the slot starts, and of what is active', async () => {
      const day = s.day()
      const [over, gone] = [
        await booked(s.app, s.person(), { start: at('08:30', day) }),
        await booked(s.app, s.person(), { start: at('12:00', day) }),
      ]
      await s.app.api.post(`/bookings/${gone.token}/cancel`)
      const body = { email: 'giusta@example.org', ...REASON }
      const { status, body: told } = await correct(gone.code, body)
      expect([status, told.code, told.state]).to.deep.equal([409, 'state', 'cancelled'])
      s.app.clock.set(at('08:30', day))
      const later = await signedIn(s.app, { username: 'later' })
      expect((await correct(over.code, body, later)).body.code).to.equal('too-late')
    })

    it('S8: who was asked to choose another time is asked again at the right address', async () => {
      const day = s.day()
      const { code } = await booked(s.app, s.person(), { start: at('08:30', day) })
      const manager = await signedIn(s.app, { role: 'manager' })
      const closure = await manager.post('/sites/legnano/closures', {
        from: at('08:00', day),
        to: at('09:00', day),
        reason: 'Assemblea',
        public: true,
      })
      await manager.post(`/sites/legnano/closures/${closure.body.closure.id}/resolve`, { action: 'offer-move' })
      await correct(code, { email: 'giusta@example.org', ...REASON })
      expect(await s.mails(code)).to.deep.equal(['confirmed', 'confirmed', 'move-offered', 'move-offered'])
    })
  })
})
