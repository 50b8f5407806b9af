import { expect } from 'chai'
import { BookingEntity } from '../../../src/bookings/index.js'
import { aVisitor, taxCodeOf, visitorOf } from '../../support/builders.js'
import { at, bodyOf, bodyWithHold, booked, freeAt, held, SERVICE, tally } from '../../support/crowd.js'
import { forEachEngine } from '../../support/engines.js'
import { scene } from './scene.js'

/** M1: of whom only the number was said. */
const NAMELESS = { firstName: '', matter: null }

describe('booking a slot', () => {
  forEachEngine((engine) => {
    const s = scene(engine)
    const book = (body: unknown, headers?: Record<string, string>) => s.app.api.post('/bookings', body, headers)

    it('answers as the contract says: the code, the link, the times at the site, confirmed', async () => {
      const start = at('08:30', s.day())
      const { status, body } = await book(bodyOf(s.person(), { start, persons: 3, notes: 'sedia a rotelle' }))
      expect(status).to.equal(201)
      const { code, token } = body.booking
      expect(body).to.deep.equal({
        booking: {
          code,
          token,
          site: 'legnano',
          service: SERVICE,
          start,
          end: start.replace('08:30', '09:00'),
          persons: 3,
          people: [{ firstName: 'Maria', matter: null }, NAMELESS, NAMELESS],
          status: 'confirmed',
          manageUrl: `${s.app.url}/prenotazione/${token}`,
        },
      })
      expect(code).to.match(/^[0-9A-Z]{8}$/)
      expect((await s.app.api.get(`/bookings/${token}`)).body).to.deep.equal(body)
      expect(await s.mails(code)).to.deep.equal(['confirmed'])
      expect(await freeAt(s.app, start)).to.equal(1)
    })

    it('H17, A3: at rest the tax code is sealed, the token a hash, and the audit record names nobody', async () => {
      const person = s.person()
      const { code, token } = await booked(s.app, person, { start: at('08:30', s.day()) })
      const row = await s.row(code)
      expect(s.app.secrets.unseal(row.taxCodeSealed ?? '', 'tax-code')).to.equal(taxCodeOf(person))
      const contents = JSON.stringify(await s.app.database.contents())
      for (const secret of [token, taxCodeOf(person)]) expect(contents).not.to.include(secret)
      const audit = JSON.stringify((await s.app.database.contents())['audit_record'])
      for (const personal of ['Maria', 'Rossi', '@']) expect(audit).not.to.include(personal)
    })

    const otherIds: [title: string, taxCode: string][] = [
      ['a provisional codice fiscale', '12345678903'],
      ['an STP code', 'STP1234567890123'],
      ['an ENI code', 'ENI1234567890123'],
    ]
    for (const [title, taxCode] of otherIds) {
      it(`${title} books too`, async () => {
        const answer = await book(
          bodyOf(s.person(), { start: at('08:30', s.day()), visitor: visitorOf(s.person(), { taxCode }) }),
        )
        expect(answer.status, JSON.stringify(answer.body)).to.equal(201)
      })
    }

    it('what was typed carelessly is read: spaces, lower case, a phone with a slash', async () => {
      const person = s.person()
      const visitor = {
        ...visitorOf(person),
        taxCode: ` ${taxCodeOf(person).toLowerCase()} `,
        email: 'Maria.Rossi@Example.ORG',
        phone: '02/123 4567',
      }
      const { body } = await book(bodyOf(person, { start: at('08:30', s.day()), visitor }))
      const row = await s.row(body.booking.code)
      expect(row).to.include({ email: 'maria.rossi@example.org', phone: '021234567' })
      const again = await book(bodyOf(person, { start: at('08:30', s.day()) }))
      expect(again.body.code).to.equal('already-booked')
    })

    it('K6: another Comune gets a courteous explanation and no booking', async () => {
      const start = at('08:30', s.day())
      const visitor = visitorOf(s.person(), { comune: '015146' }) // Milano
      const answer = await book(bodyOf(s.person(), { start, visitor }))
      expect(answer.body).to.include({ status: 422, code: 'not-eligible' })
      expect(answer.body.detail).to.match(/ASST del suo Comune/)
      expect(await freeAt(s.app, start)).to.equal(2)
    })

    it('K1: off the grid, closed or past is refused without a hold too', async () => {
      for (const start of [at('08:31', s.day()), at('08:30', '2026-11-29'), at('08:30', '2026-11-20')]) {
        expect((await book(bodyOf(s.person(), { start }))).body, start).to.include({ status: 422, code: 'not-offered' })
      }
    })

    it('the third finds the slot full and is offered three others', async () => {
      const start = at('08:30', s.day())
      for (const person of [s.person(), s.person()]) await booked(s.app, person, { start })
      const { status, body } = await book(bodyOf(s.person(), { start }))
      expect([status, body.code]).to.deep.equal([409, 'slot-full'])
      expect(body.alternatives).to.deep.equal(['08:45', '09:00', '09:15'].map((time) => start.replace('08:30', time)))
    })

    it('all or nothing: refused for its last slot, it leaves nothing of the first ones', async () => {
      const day = s.day()
      for (const person of [s.person(), s.person()]) await booked(s.app, person, { start: at('09:00', day) })
      const before = await s.app.database.contents()
      expect((await book(bodyOf(s.person(), { start: at('08:30', day), persons: 5 }))).body.code).to.equal('slot-full')
      expect(await s.app.database.contents()).to.deep.equal(before)
      expect(await freeAt(s.app, at('08:30', day))).to.equal(2)
    })

    it('an unknown hold is as good as an expired one', async () => {
      const { body } = await book(bodyWithHold(s.person(), 'a'.repeat(43)))
      expect(body).to.deep.include({ status: 409, code: 'hold-expired', alternatives: [] })
    })

    it('a hold is used once: the second attempt makes no second booking', async () => {
      const { hold } = await held(s.app, { start: at('08:30', s.day()) })
      expect((await book(bodyWithHold(s.person(), hold))).status).to.equal(201)
      const second = await book(bodyWithHold(s.person(), hold))
      expect(second.body).to.include({ status: 409, code: 'state', state: 'confirmed' })
      expect(await s.app.database.dataSource.manager.countBy(BookingEntity, { onDay: '2026-01-01' })).to.equal(0)
    })

    const bad: [title: string, change: Record<string, unknown>, status: number, field: string][] = [
      ['no visitor', { visitor: undefined }, 422, 'visitor'],
      ['a wrong check letter', { visitor: aVisitor({ taxCode: 'RSSMRA85T10A562T' }) }, 422, 'visitor.taxCode'],
      ['two mail addresses', { visitor: aVisitor({ email: 'a@b.it, c@d.it' }) }, 422, 'visitor.email'],
      ['no name', { visitor: { ...aVisitor(), firstName: ' ', lastName: '' } }, 422, 'visitor.firstName'],
      ['an unknown field of the visitor', { visitor: { ...aVisitor(), admin: true } }, 400, 'visitor.admin'],
      ['an unknown field', { status: 'served' }, 400, 'status'],
      ['no slot and no hold', { start: undefined, site: undefined, service: undefined }, 422, 'start'],
      ['a slot without its site', { site: undefined }, 422, 'site'],
      ['both a hold and a slot', { hold: 'a'.repeat(43) }, 400, 'start'],
      ['seven persons', { persons: 7 }, 422, 'persons'],
      ['no person', { persons: 0 }, 422, 'persons'],
      ['notes of 201 characters', { notes: 'x'.repeat(201) }, 422, 'notes'],
      ['a control character in the notes', { notes: 'a\u0000b' }, 422, 'notes'],
      ['an instant without its offset', { start: '2026-11-24T08:30:00' }, 400, 'start'],
    ]
    for (const [title, change, status, field] of bad) {
      it(`refuses ${title}, naming ${field}, with a sentence in each language`, async () => {
        const body = bodyOf(s.person(), { start: at('08:30', '2026-11-24'), ...change })
        const [italian, english] = [await book(body), await book(body, { 'accept-language': 'en' })]
        expect(italian.body, JSON.stringify(italian.body)).to.include({ status, code: 'invalid' })
        const fault = (answer: typeof italian) =>
          answer.body.errors.find((error: { field: string }) => error.field === field)
        expect(fault(italian)?.message, JSON.stringify(italian.body.errors)).to.match(/\.$|esempio/)
        expect(fault(english)?.message).to.be.a('string').and.not.equal(fault(italian).message)
      })
    }
  })
})

describe('pending bookings, where a site asks for confirmation by mail (K4)', () => {
  forEachEngine((engine) => {
    const s = scene(engine)
    before(() => s.emailConfirmation(true))
    const magenta = (start: string) => ({ site: 'magenta', start })
    const free = (start: string) => freeAt(s.app, start, 1, 'magenta')
    const confirm = async (code: string) => s.app.api.post(`/bookings/${await s.mailed(code)}/confirm`)

    it('E17: counts for 30 minutes; the mail says it must be confirmed; the click confirms it for good', async () => {
      const start = at('08:30', s.day())
      const { code, token, status } = await booked(s.app, s.person(), magenta(start))
      expect(status).to.equal('pending')
      expect(await s.mails(code)).to.deep.equal(['pending'])
      expect(await free(start)).to.equal(1)
      const answer = await confirm(code)
      expect([answer.status, answer.body.booking.status]).to.deep.equal([200, 'confirmed'])
      expect(await s.mails(code)).to.deep.equal(['confirmed', 'pending'])
      s.app.clock.advanceMinutes(60)
      expect(await free(start)).to.equal(1)
      expect((await s.app.api.get(`/bookings/${token}`)).body.booking.status).to.equal('confirmed')
    })

    it('a second click gives the same answer and no second mail', async () => {
      const { code } = await booked(s.app, s.person(), magenta(at('08:30', s.day())))
      const answers = [await confirm(code), await confirm(code)]
      expect(answers[1]?.body).to.deep.equal(answers[0]?.body)
      expect(await s.mails(code)).to.deep.equal(['confirmed', 'pending'])
    })

    it('K4: after 30 minutes it counts for nothing at once; the link says expired; the click comes too late', async () => {
      const start = at('08:30', s.day())
      const person = s.person()
      const { code, token } = await booked(s.app, person, magenta(start))
      s.app.clock.advanceMinutes(29)
      expect(await free(start)).to.equal(1)
      s.app.clock.advanceMinutes(1)
      expect(await free(start)).to.equal(2)
      expect((await s.app.api.get(`/bookings/${token}`)).body.booking.status).to.equal('expired')
      expect((await confirm(code)).body).to.include({ status: 409, code: 'state', state: 'expired' })
      expect((await s.app.api.post(`/bookings/${token}/cancel`)).body).to.include({ code: 'state', state: 'expired' })
      await booked(s.app, person, magenta(start)) // K5: it is active no more
    })

    it('X2: who made it was answered another token than is mailed: with that nobody confirms', async () => {
      const { code, token } = await booked(s.app, s.person(), magenta(at('08:30', s.day())))
      const answer = await s.app.api.post(`/bookings/${token}/confirm`)
      expect(answer.body).to.include({ status: 403, code: 'mail-unread' })
      const forged = await s.app.api.post(`/bookings/${token}${'x'.repeat(22)}/confirm`)
      expect(forged.body).to.include({ status: 403, code: 'mail-unread' })
      expect((await s.row(code)).provenAt).to.equal(null)
      expect((await confirm(code)).status).to.equal(200)
      expect((await s.row(code)).provenAt).to.deep.equal(s.app.clock())
    })

    it('X3: it blocks nobody: the person books elsewhere, and it can then not be confirmed', async () => {
      const [person, start] = [s.person(), at('08:30', s.day())]
      const { code } = await booked(s.app, person, magenta(start))
      await booked(s.app, person, { start })
      expect((await confirm(code)).body).to.include({ status: 409, code: 'already-booked' })
      expect((await s.app.api.get(`/bookings/${await s.mailed(code)}`)).body.booking.status).to.equal('pending')
    })

    it('X3: nor does it count for the limit of its mail address, whose sixth is refused when it is confirmed', async () => {
      const [day, email] = [s.day(), 'nonna@example.org']
      const times = ['08:30', '08:45', '09:00', '09:15', '09:30', '09:45']
      const made = []
      for (const time of times)
        made.push(await booked(s.app, 0, { ...magenta(at(time, day)), visitor: visitorOf(s.person(), { email }) }))
      const answers = []
      for (const { code } of made) answers.push(await confirm(code))
      expect(tally(answers)).to.deep.equal({ '200': 5, '409 too-many-bookings': 1 })
    })

    it('X3: two of one person confirmed at once: one wins, and the other’s seat is free in the end', async () => {
      for (let round = 0; round < 5; round++) {
        const [person, start] = [s.person(), at('08:30', s.day())]
        const codes = [await booked(s.app, person, magenta(start)), await booked(s.app, person, magenta(start))]
        const answers = await Promise.all(codes.map(({ code }) => confirm(code)))
        expect(tally(answers)).to.deep.equal({ '200': 1, '409 already-booked': 1 })
      }
    })

    it('a held seat becomes pending and lasts from then on', async () => {
      const start = at('08:30', s.day())
      const { hold } = await held(s.app, magenta(start))
      s.app.clock.advanceMinutes(9)
      const { body } = await s.app.api.post('/bookings', bodyWithHold(s.person(), hold))
      expect(body.booking.status).to.equal('pending')
      s.app.clock.advanceMinutes(29)
      expect(await free(start)).to.equal(1)
      expect((await confirm(body.booking.code)).status).to.equal(200)
    })

    it('it can be cancelled, and its seat is free at once', async () => {
      const start = at('08:30', s.day())
      const { code, token } = await booked(s.app, s.person(), magenta(start))
      const { body } = await s.app.api.post(`/bookings/${token}/cancel`)
      expect(body.booking.status).to.equal('cancelled')
      expect(await free(start)).to.equal(2)
      expect(await s.mails(code)).to.deep.equal(['cancelled', 'pending'])
      expect((await confirm(code)).body).to.include({ code: 'state', state: 'cancelled' })
    })

    it('it cannot be moved before it is confirmed', async () => {
      const day = s.day()
      const { token } = await booked(s.app, s.person(), magenta(at('08:30', day)))
      const { body } = await s.app.api.post(`/bookings/${token}/move`, { start: at('09:00', day) })
      expect(body).to.include({ status: 409, code: 'state', state: 'pending' })
    })

    it('L2: once its time has begun it is too late to confirm', async () => {
      await s.app.saveCalendar({
        siteId: 'magenta',
        rules: [{ rrule: 'FREQ=DAILY', startsOn: '2026-01-01', from: '08:30', to: '12:30', slotMinutes: 15, seats: 2 }],
        minNoticeMinutes: 0,
        horizonDays: 365,
      })
      const { code } = await booked(s.app, s.person(), magenta(at('09:15', '2026-11-23')))
      s.app.clock.advanceMinutes(15)
      expect((await confirm(code)).body).to.include({ status: 409, code: 'too-late' })
    })
  })
})
