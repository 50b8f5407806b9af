import { expect } from 'chai'
import { visitorOf } from '../../support/builders.js'
import { at, bodyOf, freeAt, held } from '../../support/crowd.js'
import { forEachEngine } from '../../support/engines.js'
import { signedIn, type StaffClient } from '../../support/staff.js'
import { scene } from './scene.js'

/** Somebody without a mail address, as `part` says. */
const without = (number: number, part: object) => ({ ...visitorOf(number), email: undefined, ...part })

describe('who has no mail address (C1)', function () {
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
    const atDesk = (visitor: object, start: string, more: object = {}) =>
      desk.post('/sites/legnano/bookings', { service: 'scelta-revoca', start, visitor, ...more })

    it('books at the desk with neither address nor number: nobody is written to, the code does', async () => {
      for (const part of [{}, { email: null, phone: null }, { email: '', phone: '' }]) {
        const start = at('08:30', s.day())
        const { status, body } = await atDesk(without(s.person(), part), start)
        expect(status, JSON.stringify(body)).to.equal(201)
        const row = await s.row(body.booking.code)
        expect([row.status, row.email, row.emailKey, row.phone]).to.deep.equal(['confirmed', null, null, null])
        expect(await s.mails(row.code ?? '')).to.deep.equal([])
        const moved = await s.app.api.post(`/bookings/${body.booking.token}/move`, {
          start: start.replace('08:', '09:'),
        })
        expect(moved.status).to.equal(200)
        const reason = { reason: 'Al telefono' }
        expect((await desk.post(`/sites/legnano/bookings/${row.code}/cancel`, reason)).status).to.equal(200)
        expect(await s.mails(row.code ?? '')).to.deep.equal([])
      }
    })

    it('K5: is one person all the same, and many without an address are no one address', async () => {
      const person = s.person()
      expect((await atDesk(without(person, {}), at('08:30', s.day()))).status).to.equal(201)
      const again = await atDesk(without(person, {}), at('08:30', s.day()))
      expect([again.status, again.body.code]).to.deep.equal([409, 'already-booked'])
      for (let n = 0; n < 6; n++)
        expect((await atDesk(without(s.person(), {}), at('08:30', s.day()))).status).to.equal(201)
    })

    it('from the public is told what is needed, also with a number alone; the seat stays free', async () => {
      for (const part of [{}, { email: '' }, { email: null, phone: '' }, { phone: '+39 333 1234567' }]) {
        const start = at('08:30', s.day())
        const visitor = without(s.person(), part)
        const { status, body } = await s.app.api.post('/bookings', bodyOf(0, { start, visitor }))
        expect([status, body.code]).to.deep.equal([422, 'contact-required'])
        expect(body.errors[0]).to.include({ field: 'visitor.email', code: 'email.required' })
        expect(await freeAt(s.app, start)).to.equal(2)
      }
    })

    it('keeps what is held while an address is looked for', async () => {
      const { hold } = await held(s.app, { start: at('08:30', s.day()) })
      const person = s.person()
      const refused = await s.app.api.post('/bookings', { hold, visitor: without(person, {}) })
      expect(refused.body.code).to.equal('contact-required')
      expect((await s.app.api.post('/bookings', { hold, visitor: visitorOf(person) })).status).to.equal(201)
    })

    it('is told of a wrong address as before, and of every other field first', async () => {
      const start = at('08:30', s.day())
      const wrong = await s.app.api.post('/bookings', bodyOf(0, { start, visitor: without(0, { email: 'maria' }) }))
      expect([wrong.status, wrong.body.errors[0].code]).to.deep.equal([422, 'email.format'])
      const both = await s.app.api.post('/bookings', bodyOf(0, { start, visitor: without(0, { taxCode: 'X' }) }))
      expect([both.body.code, both.body.errors[0].field]).to.deep.equal(['invalid', 'visitor.taxCode'])
    })
  })
})

describe('an address that comes later (C1, C4)', function () {
  this.timeout(60_000)
  forEachEngine((engine) => {
    // What the booking itself would have mailed is owed to nobody.
    const s = scene(engine, { trail: false })

    it('is written to from then on; a number alone is kept and nobody written to', async () => {
      const desk = await signedIn(s.app)
      const visitor = without(s.person(), {})
      const { body } = await desk.post('/sites/legnano/bookings', bodyOf(0, { site: undefined, visitor }))
      const { code } = body.booking
      const correct = (part: object) =>
        desk.post(`/sites/legnano/bookings/${code}/contact`, { ...part, reason: 'Detto' })
      expect((await correct({ phone: '333 1234567' })).status).to.equal(200)
      expect(await s.mails(code)).to.deep.equal([])
      expect((await correct({ email: 'nuova@example.org' })).body.booking.visitor).to.include({ phone: '3331234567' })
      expect(await s.mails(code)).to.deep.equal(['confirmed'])
    })
  })
})
