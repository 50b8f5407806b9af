import { expect } from 'chai'
import { BookingEntity } from '../../../src/bookings/index.js'
import { renewSealed } from '../../../src/bookings/renew-sealed.js'
import { ServiceEntity } from '../../../src/sites/site.entity.js'
import { OutboxEntity } from '../../../src/platform/mail/outbox.entity.js'
import { taxCodeOf, visitorOf } from '../../support/builders.js'
import { at, bodyOf, booked, freeAt, held, SERVICE, tally } from '../../support/crowd.js'
import { forEachEngine } from '../../support/engines.js'
import { scene } from './scene.js'

describe('how much one person may book (K5)', () => {
  forEachEngine((engine) => {
    const s = scene(engine)
    const book = (person: number, part: Record<string, unknown> = {}) =>
      s.app.api.post('/bookings', bodyOf(person, { start: at('08:30', s.day()), ...part }))
    const cancel = (token: string) => s.app.api.post(`/bookings/${token}/cancel`)
    const mailsOf = async (kind: string) => s.app.database.dataSource.manager.findBy(OutboxEntity, { kind })

    it('a second booking for the same service is refused, at any site, by any address, with any typing of the code', async () => {
      const person = s.person()
      await booked(s.app, person, { start: at('08:30', s.day()) })
      const others = [
        {},
        { site: 'magenta' },
        { visitor: visitorOf(person, { email: 'another@example.org' }) },
        { visitor: visitorOf(person, { firstName: 'Mario', taxCode: taxCodeOf(person).toLowerCase() }) },
      ]
      for (const part of others)
        expect((await book(person, part)).body).to.include({ status: 409, code: 'already-booked' })
    })

    const OMOCODIA = ['RSSMRA80A01H501U', 'RSSMRA80A01H50MM', 'RSSMRAULALMHRLMD']
    const bookAs = (taxCode: string, start: string) => book(0, { visitor: visitorOf(s.person(), { taxCode }), start })

    it('T40: a codice fiscale and its omocodia variants are one person', async () => {
      const start = at('08:30', s.day())
      for (const [first = '', ...others] of [OMOCODIA, [...OMOCODIA].reverse()]) {
        const { status, body } = await bookAs(first, start)
        expect(status, JSON.stringify(body)).to.equal(201)
        for (const other of others) expect((await bookAs(other, start)).body.code, other).to.equal('already-booked')
        await cancel(body.booking.token)
      }
    })

    it('also when the first was booked before they were one: a start gives it the person’s key of today', async () => {
      const { dataSource } = s.app.database
      const [base = '', variant = ''] = OMOCODIA
      const start = at('08:30', s.day())
      const { code, token } = (await bookAs(variant, start)).body.booking
      const { personHash, taxCodeSealed } = await s.row(code)
      const before = {
        personHash: s.app.secrets.personHash(variant),
        taxCodeSealed: taxCodeSealed?.split('.')[1] ?? '',
      }
      await s.app.unitOfWork.run((tx) => tx.em.update(BookingEntity, { code }, before))
      const refresh = async () => (await renewSealed({ ...s.app, dataSource })).renewed
      expect(await refresh()).to.equal(1)
      expect((await s.row(code)).personHash).to.equal(personHash)
      expect(await refresh()).to.equal(0)
      expect((await bookAs(base, start)).body.code).to.equal('already-booked')
      await cancel(token)
    })

    it('X7: on a full slot nobody learns whether somebody has a booking', async () => {
      const [known, day] = [s.person(), s.day()]
      const start = at('08:30', day)
      await booked(s.app, known, { start: at('09:30', day) })
      for (let seat = 0; seat < 2; seat++) await booked(s.app, s.person(), { start })
      const before = await s.mails()
      const [ofKnown, ofStranger] = [await book(known, { start }), await book(s.person(), { start })]
      expect(ofKnown.body).to.include({ status: 409, code: 'slot-full' })
      expect(ofKnown.body).to.deep.equal(ofStranger.body)
      expect(await s.mails(), 'and nobody is written to').to.deep.equal(before)
    })

    it('X7: nor by a hold whose time is over', async () => {
      const [known, day] = [s.person(), s.day()]
      await booked(s.app, known, { start: at('08:30', day) })
      const { hold } = await held(s.app, { start: at('09:30', day) })
      s.app.clock.advanceMinutes(11)
      const { body } = await s.app.api.post('/bookings', { hold, visitor: visitorOf(known) })
      expect(body.code).to.equal('hold-expired')
    })

    it('C7: who is refused reads what to do when it was somebody else', async () => {
      const [person, start] = [s.person(), at('08:30', s.day())]
      await booked(s.app, person, { start })
      const body = bodyOf(person, { start })
      const detail = async (lang: string) =>
        String((await s.app.api.post('/bookings', body, { 'accept-language': lang })).body.detail)
      expect(await detail('it')).to.include('Se non ha prenotato lei, chiami o venga allo sportello')
      expect(await detail('en')).to.include('If it was not you who booked, call or come to the counter')
    })

    it('with a hold too; the hold stays the visitor’s to let go', async () => {
      const [person, start] = [s.person(), at('08:30', s.day())]
      await booked(s.app, person, { start: at('08:30', s.day()) })
      const { hold } = await held(s.app, { start })
      const { body } = await s.app.api.post('/bookings', { hold, visitor: visitorOf(person) })
      expect(body.code).to.equal('already-booked')
      expect(await freeAt(s.app, start)).to.equal(1)
      expect((await s.app.api.delete(`/holds/${hold}`)).status).to.equal(204)
    })

    it('the refusal reveals nothing of the first booking', async () => {
      const person = s.person()
      const day = s.day()
      const { code, token } = await booked(s.app, person, { start: at('08:45', day) })
      const { body } = await book(person, { visitor: visitorOf(person, { email: 'spy@example.org' }) })
      expect(body).to.have.all.keys('type', 'title', 'status', 'detail', 'code')
      const text = JSON.stringify(body)
      for (const secret of [code, token, day, '08:45', 'legnano', 'Maria', `visitor-${person}`, 'spy@']) {
        expect(text).not.to.include(secret)
      }
    })

    it('its link is mailed once more to the address it was booked with, once a day however often one tries', async () => {
      const person = s.person()
      const { code } = await booked(s.app, person, { start: at('08:30', s.day()) })
      const again = async () => (await mailsOf('link-again')).filter((row) => row.subjectId === id)
      const { id, email } = await s.row(code)
      expect(email).to.equal(`visitor-${person}@example.org`)
      for (let attempt = 0; attempt < 3; attempt++) {
        await book(person, { visitor: visitorOf(person, { email: 'spy@example.org' }) })
      }
      expect((await again()).map(({ occurrence }) => occurrence)).to.deep.equal(['2026-11-23'])
      s.app.clock.advanceMinutes(24 * 60)
      await book(person, { start: at('08:30', '2027-03-02') })
      expect((await again()).map(({ occurrence }) => occurrence).sort()).to.deep.equal(['2026-11-23', '2026-11-24'])
      expect((await s.row(code)).email).to.equal(email) // nothing of the second attempt is kept
    })

    it('the mail is queued also when the refusal is kept for an idempotency key, and once', async () => {
      const person = s.person()
      const { code } = await booked(s.app, person, { start: at('08:30', s.day()) })
      const body = bodyOf(person, { start: at('08:30', s.day()) })
      const attempt = () => s.app.api.post('/bookings', body, { 'idempotency-key': `again-${person}` })
      const [first, second] = [await attempt(), await attempt()]
      expect(first.body.code).to.equal('already-booked')
      expect(second.body).to.deep.equal(first.body)
      expect(await s.mails(code)).to.deep.equal(['confirmed', 'link-again'])
    })

    it('another service is another matter', async () => {
      await s.alsoBookable('accesso-diretto')
      const calendar = { siteId: 'cuggiono', calendarId: SERVICE, serviceIds: [SERVICE, 'accesso-diretto'] }
      await s.app.unitOfWork.run((tx) => tx.em.update(ServiceEntity, { id: 'accesso-diretto' }, { bookable: true }))
      await s.app.saveCalendar({ ...calendar, horizonDays: 365 })
      const person = s.person()
      await booked(s.app, person, { site: 'cuggiono', start: at('08:30', s.day()) })
      expect((await book(person, { site: 'cuggiono', service: 'accesso-diretto' })).status).to.equal(201)
    })

    const endings: [title: string, end: (token: string) => Promise<unknown>][] = [
      ['cancelled', cancel],
      ['over', () => Promise.resolve(s.app.clock.set('2027-03-05T12:31:00+01:00'))],
    ]
    for (const [title, end] of endings) {
      it(`once the first is ${title}, the next may be booked`, async () => {
        const person = s.person()
        const { token } = await booked(s.app, person, { start: at('08:30', '2027-03-04') })
        await end(token)
        expect((await book(person, { start: at('08:30', '2027-03-09') })).status).to.equal(201)
        s.app.clock.set('2027-03-05T12:31:00+01:00')
      })
    }

    it('five active bookings of one address, the sixth is refused; +tag and capitals make no other address', async () => {
      const spellings = [
        'mamma@example.org',
        'Mamma@Example.org',
        'mamma+uno@example.org',
        'MAMMA+due@example.org',
        'mamma+a+b@example.org',
      ]
      const tokens: string[] = []
      for (const email of spellings) {
        const { status, body } = await book(s.person(), { visitor: visitorOf(s.person(), { email }) })
        expect(status, JSON.stringify(body)).to.equal(201)
        tokens.push(body.booking.token)
      }
      const sixth = () => book(s.person(), { visitor: visitorOf(s.person(), { email: 'mamma+sei@example.org' }) })
      expect((await sixth()).body).to.include({ status: 409, code: 'too-many-bookings' })
      expect(
        (await book(s.person(), { visitor: visitorOf(s.person(), { email: 'papa@example.org' }) })).status,
      ).to.equal(201)
      await cancel(tokens[0] as string)
      expect((await sixth()).status).to.equal(201)
    })

    it('E33: one person at two sites at once, 20 rounds: exactly one wins', async function () {
      this.timeout(60_000)
      for (let round = 0; round < 20; round++) {
        const [person, start] = [s.person(), at('08:30', s.day())]
        const answers = await Promise.all(
          ['legnano', 'magenta', 'legnano', 'magenta'].map((site) =>
            s.app.api.post('/bookings', bodyOf(person, { site, start })),
          ),
        )
        expect(tally(answers), `round ${round}`).to.deep.equal({ '201': 1, '409 already-booked': 3 })
      }
    })

    it('eight at once with one address that has four: exactly one wins', async () => {
      const mine = (part = {}) => visitorOf(s.person(), { email: 'zia@example.org', ...part })
      const start = at('08:30', s.day())
      for (let number = 0; number < 4; number++) await book(0, { visitor: mine() })
      const attempts = Array.from({ length: 8 }, (_, n) =>
        s.app.api.post(
          '/bookings',
          bodyOf(0, {
            start: start.replace('08:30', `1${n % 2}:0${0}`),
            visitor: mine({ email: `zia+${n}@example.org` }),
          }),
        ),
      )
      expect(tally(await Promise.all(attempts))).to.deep.equal({ '201': 1, '409 too-many-bookings': 7 })
    })
  })
})
