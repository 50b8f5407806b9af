import { expect } from 'chai'
import { AuditRecordEntity } from '../../../src/audit/index.js'
import { BookingEntity } from '../../../src/bookings/index.js'
import { OutboxEntity } from '../../../src/platform/mail/outbox.entity.js'
import { visitorOf } from '../../support/builders.js'
import { at, bodyOf, tally } from '../../support/crowd.js'
import { forEachEngine } from '../../support/engines.js'
import { WebVisit } from '../citizen/web-visit.js'
import { scene, type Scene } from './scene.js'

const PUT_RIGHT = 'giusta@example.org'

/** A browser that has been on a page of booking, as its cookie. */
async function browserOf(s: Scene): Promise<{ cookie: string }> {
  const visit = new WebVisit(s.app.url)
  await visit.get('/prenota')
  return { cookie: `browser=${visit.cookies.get('browser')}` }
}

/** A booking made through the API with a browser's cookie. */
async function bookedBy(s: Scene, headers: Record<string, string>, part: Record<string, unknown> = {}) {
  const person = s.person()
  const answer = await s.app.api.post('/bookings', bodyOf(person, { start: at('08:30', s.day()), ...part }), headers)
  expect(answer.status, JSON.stringify(answer.body)).to.equal(201)
  const { code, token } = answer.body.booking as { code: string; token: string }
  return { person, code, token, mailed: await s.mailed(code) }
}

describe('a wrong address is put right by the browser that booked (C4)', function () {
  this.timeout(60_000)
  forEachEngine((engine) => {
    const s = scene(engine)
    const correct = (token: string, body: object, headers: Record<string, string> = {}) =>
      s.app.api.post(`/bookings/${token}/contact`, body, headers)
    const rowsOf = async (code: string) =>
      s.app.database.dataSource.manager.findBy(OutboxEntity, { subjectId: (await s.row(code)).id })

    it('the link is made anew, the old one is a plain 404, code and time stay', async () => {
      const browser = await browserOf(s)
      const { code, token, mailed } = await bookedBy(s, browser)
      const before = await s.row(code)
      const { status, body } = await correct(token, { email: PUT_RIGHT.toUpperCase(), phone: '02 1234567' }, browser)
      expect(status, JSON.stringify(body)).to.equal(200)
      expect(body.booking).to.include({ code, status: 'confirmed' })
      expect(body.booking.token).not.to.equal(token)
      const row = await s.row(code)
      expect([row.email, row.emailKey, row.phone]).to.deep.equal([PUT_RIGHT, PUT_RIGHT, '021234567'])
      expect([row.sequence, row.startsAt]).to.deep.equal([before.sequence + 1, before.startsAt])
      for (const old of [token, mailed]) {
        expect((await s.app.api.get(`/bookings/${old}`)).status).to.equal(404)
        expect((await s.app.api.post(`/bookings/${old}/cancel`)).status).to.equal(404)
      }
      for (const now of [body.booking.token, await s.mailed(code)])
        expect((await s.app.api.get(`/bookings/${now}`)).body.booking.code).to.equal(code)
      // And once more, as long as the half hour lasts.
      const again = await correct(body.booking.token, { email: 'altra@example.org' }, browser)
      expect([again.status, (await s.app.api.get(`/bookings/${body.booking.token}`)).status]).to.deep.equal([200, 404])
    })

    it('another browser, none, and one that nobody signed are told 403; nothing has changed', async () => {
      const browser = await browserOf(s)
      const { code, token } = await bookedBy(s, browser)
      const strangers = [await browserOf(s), {}, { cookie: `${browser.cookie.slice(0, -1)}~` }, { cookie: 'browser=' }]
      const before = await s.row(code)
      for (const headers of strangers) {
        const { status, body } = await correct(token, { email: PUT_RIGHT }, headers)
        expect([status, body.code]).to.deep.equal([403, 'other-browser'])
      }
      expect(await s.row(code)).to.deep.equal(before)
      // What a program booked without a cookie is nobody's browser's.
      const program = await bookedBy(s, {})
      for (const headers of [browser, {}])
        expect((await correct(program.token, { email: PUT_RIGHT }, headers)).status).to.equal(403)
      expect((await correct('x'.repeat(43), { email: PUT_RIGHT }, browser)).status).to.equal(404)
    })

    it('for half an hour from booking; then it says where else', async () => {
      const browser = await browserOf(s)
      const { token } = await bookedBy(s, browser)
      s.app.clock.advanceMinutes(29.99)
      const inTime = await correct(token, { email: PUT_RIGHT }, browser)
      expect(inTime.status).to.equal(200)
      s.app.clock.advanceMinutes(0.01)
      const { status, body } = await correct(inTime.body.booking.token, { email: 'tardi@example.org' }, browser)
      expect([status, body.code]).to.deep.equal([409, 'too-late'])
      expect(body.detail).to.include('30 minuti').and.to.include('sportello')
    })

    it('one of the two, well-formed; what is not said stays', async () => {
      const browser = await browserOf(s)
      const { code, token } = await bookedBy(s, browser)
      const { email } = await s.row(code)
      expect((await correct(token, {}, browser)).status).to.equal(422)
      for (const [body, fault] of [
        [{ email: 'maria' }, 'email.format'],
        [{ email: '' }, 'email.required'],
        [{ phone: 'due' }, 'phone.format'],
      ] as const) {
        const answer = await correct(token, body, browser)
        expect([answer.status, answer.body.errors[0].code]).to.deep.equal([422, fault])
      }
      expect((await correct(token, { email: null }, browser)).status).to.equal(400)
      expect((await correct(token, { email: PUT_RIGHT, more: 1 }, browser)).status).to.equal(400)
      const answer = await correct(token, { phone: '+39 333 1234567' }, browser)
      const row = await s.row(code)
      expect([answer.status, row.email, row.phone]).to.deep.equal([200, email, '+393331234567'])
    })

    it('L4: what waits for the old address is superseded, a reminder is not', async () => {
      const browser = await browserOf(s)
      const { code, token, person } = await bookedBy(s, browser)
      await s.app.api.post('/bookings', bodyOf(person, { start: at('09:00', s.day()) }))
      await s.app.api.post('/recoveries', { email: visitorOf(person).email })
      const { id } = await s.row(code)
      const waits = { kind: 'reminder', subjectId: id, occurrence: 'a-day', state: 'waiting', attempts: 0 } as const
      await s.app.unitOfWork.run(({ em }) =>
        em.insert(OutboxEntity, { id, ...waits, dueAt: s.app.clock(), createdAt: s.app.clock() }),
      )
      expect((await correct(token, { email: PUT_RIGHT }, browser)).status).to.equal(200)
      const rows = await rowsOf(code)
      const told = rows.map(({ kind, state, cause }) => [kind, state, cause].join(' ')).sort()
      expect(told).to.deep.equal([
        'confirmed skipped superseded',
        'confirmed waiting ',
        'found-again skipped superseded',
        'link-again skipped superseded',
        'reminder waiting ',
      ])
    })

    it('X2, K4: what is pending is mailed anew, and only the new link confirms it', async () => {
      await s.emailConfirmation(true)
      const browser = await browserOf(s)
      const { code, token, mailed } = await bookedBy(s, browser, { site: 'magenta' })
      const { body } = await correct(token, { email: PUT_RIGHT }, browser)
      expect(body.booking.status).to.equal('pending')
      expect(await s.mails(code)).to.deep.equal(['pending', 'pending'])
      expect((await s.app.api.post(`/bookings/${mailed}/confirm`)).status).to.equal(404)
      expect((await s.app.api.post(`/bookings/${body.booking.token}/confirm`)).body.code).to.equal('mail-unread')
      expect((await s.app.api.post(`/bookings/${await s.mailed(code)}/confirm`)).status).to.equal(200)
      await s.emailConfirmation(false)
    })

    it('X6: of another address nobody has read a mail; of the same one it stays read', async () => {
      const browser = await browserOf(s)
      const { code, mailed } = await bookedBy(s, browser)
      const day = s.day()
      await s.app.api.post(`/bookings/${mailed}/move`, { start: at('10:00', day) })
      expect((await s.row(code)).provenAt).to.not.equal(null)
      const phone = await correct(mailed, { phone: '02 1234567' }, browser)
      expect((await s.row(code)).provenAt).to.not.equal(null)
      await correct(phone.body.booking.token, { email: PUT_RIGHT }, browser)
      expect((await s.row(code)).provenAt).to.equal(null)
    })

    it('K5: a sixth booking comes to no address this way either', async () => {
      const email = `piena-${s.person()}@example.org`
      for (let n = 0; n < 5; n++) await bookedBy(s, {}, { visitor: visitorOf(s.person(), { email }) })
      const browser = await browserOf(s)
      const { code, token } = await bookedBy(s, browser)
      const { status, body } = await correct(token, { email }, browser)
      expect([status, body.code]).to.deep.equal([409, 'too-many-bookings'])
      expect((await s.row(code)).email).not.to.equal(email)
      expect((await s.app.api.get(`/bookings/${token}`)).status).to.equal(200)
    })

    it('K9, L1: a retry with its key gets the same new token, which rests nowhere as it is', async () => {
      const browser = await browserOf(s)
      const { code, token } = await bookedBy(s, browser)
      const headers = { ...browser, 'idempotency-key': `correct-${code}` }
      const [first, again] = [
        await correct(token, { email: PUT_RIGHT }, headers),
        await correct(token, { email: PUT_RIGHT }, headers),
      ]
      expect([again.status, again.body]).to.deep.equal([200, first.body])
      const kept = JSON.stringify(await s.app.database.contents())
      expect(kept).not.to.include(first.body.booking.token)
    })

    it('many at once: one wins, its address alone is written to, and one link works', async () => {
      const browser = await browserOf(s)
      const { code, token } = await bookedBy(s, browser)
      const emails = Array.from({ length: 8 }, (_, n) => `prova-${n}-${code.toLowerCase()}@example.org`)
      const answers = await Promise.all(emails.map((email) => correct(token, { email }, browser)))
      const won = answers.findIndex(({ status }) => status === 200)
      const { '200': winners, '404 not-found': late = 0, '409 state': beaten = 0 } = tally(answers)
      expect([winners, late + beaten], JSON.stringify(tally(answers))).to.deep.equal([1, 7])
      expect((await s.row(code)).email).to.equal(emails[won])
      expect(await s.mails(code)).to.deep.equal(['confirmed', 'confirmed'])
      expect((await s.app.api.get(`/bookings/${token}`)).status).to.equal(404)
      expect((await s.app.api.get(`/bookings/${answers[won]?.body.booking.token}`)).status).to.equal(200)
    })

    it('K3: of two that have read the same booking the second changes nothing, and mails nobody', async () => {
      const { code } = await bookedBy(s, await browserOf(s))
      const booking = await s.row(code)
      const one = (email: string) =>
        s.app.unitOfWork.run((tx) =>
          s.app.bookings.correctContactFor(tx, { booking, contact: { email }, who: 'test', reason: 'prova' }),
        )
      await one('prima@example.org')
      const second = await one('seconda@example.org').catch((error: { code: string }) => error.code)
      expect(second).to.equal('state')
      expect((await s.row(code)).email).to.equal('prima@example.org')
      expect(await s.mails(code)).to.deep.equal(['confirmed', 'confirmed'])
    })

    it('A5: no address stands in the audit', async () => {
      const browser = await browserOf(s)
      const { code, token } = await bookedBy(s, browser)
      await correct(token, { email: 'segreta@example.org', phone: '02 7654321' }, browser)
      const { id: subjectId } = await s.app.database.dataSource.manager.findOneByOrFail(BookingEntity, { code })
      const records = await s.app.database.dataSource.manager.findBy(AuditRecordEntity, { subjectId })
      expect(records.map(({ what }) => what)).to.deep.equal(['book-slot', 'correct-contact'])
      expect(JSON.stringify(records)).not.to.match(/segreta|027654321/)
    })
  })
})
