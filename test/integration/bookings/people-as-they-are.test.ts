import { expect } from 'chai'
import { startApp, type TestApp } from '../../support/app.js'
import { aVisitor, taxCodeOf, THE_DAY, visitorOf } from '../../support/builders.js'
import { at, bodyOf, booked } from '../../support/crowd.js'
import { forEachEngine } from '../../support/engines.js'
import { SmtpInbox } from '../../support/smtp.js'
import { signedIn, type StaffClient } from '../../support/staff.js'

interface Listed {
  code: string
  visitor: { firstName: string; lastName: string; email: string; phone: string }
}

forEachEngine((engine) => {
  describe('people as they are (M3)', function () {
    this.timeout(60_000)
    let [app, inbox, operator]: [TestApp?, SmtpInbox?, StaffClient?] = []
    const started = (): { app: TestApp; inbox: SmtpInbox; operator: StaffClient } => {
      if (!app || !inbox || !operator) throw new Error('not started')
      return { app, inbox, operator }
    }
    before(async () => {
      inbox = await SmtpInbox.create()
      app = await startApp(engine, { inbox })
      operator = await signedIn(app)
    })
    after(() => app?.close())

    const listed = async (code: string): Promise<Listed> => {
      const { body } = await started().operator.get(`/sites/legnano/bookings?date=${THE_DAY}`)
      const found = (body.bookings as Listed[]).find((booking) => booking.code === code)
      if (!found) throw new Error('not listed')
      return found
    }
    /** The test's server shows international domains in their own letters; the header is what was sent. */
    const mailTo = (address: string, subject = '') =>
      started().inbox.waitFor(
        ({ raw, parsed }) => raw.includes(`\r\nTo: ${address}\r\n`) && (parsed.subject ?? '').includes(subject),
      )

    for (const [i, [typed, kept]] of [
      ["giulia.d'amico@example.org", "giulia.d'amico@example.org"],
      ["sean.o'neill@example.org", "sean.o'neill@example.org"],
      ['Mario.Bianchi@Example.ORG ', 'mario.bianchi@example.org'],
      ['\u202aanna@caffè.it\u202c', 'anna@xn--caff-8oa.it'],
      ['a!#$%&*+/?^_`{|}~b@example.org', 'a!#$%&*+/?^_`{|}~b@example.org'],
    ].entries())
      it(`a mail to ${typed?.trim()} goes to that one address (case K06, T36)`, async () => {
        const visitor = visitorOf(i + 1, { email: typed ?? '' })
        await booked(started().app, i + 1, {
          start: at(['08:30', '08:45', '10:15', '10:30', '10:45'][i] ?? '11:00'),
          visitor,
        })
        const mail = await mailTo(kept ?? '')
        expect(mail.to.map((address) => address.replace('caffè', 'xn--caff-8oa'))).to.deep.equal([kept])
      })

    for (const [i, name] of [{ firstName: 'Suparman', lastName: '' }, { lastName: 'Suparman' }].entries())
      it(`one name alone, ${JSON.stringify(name)}, is booked, greeted, listed (M3, case K14)`, async () => {
        const { firstName: _f, lastName: _l, ...rest } = visitorOf(20 + i, { email: `one-${i}@example.org` })
        const { code } = await booked(started().app, 20 + i, { start: at('09:00'), visitor: { ...rest, ...name } })
        expect((await listed(code)).visitor).to.include(Object.assign({ firstName: '', lastName: '' }, name))
        const { parsed } = await mailTo(`one-${i}@example.org`)
        expect(parsed.text, 'X6').to.include('Buongiorno,\n')
        await started().app.api.post(`/bookings/${/prenotazione\/(\S+)/.exec(parsed.text ?? '')?.[1]}/cancel`)
        expect((await mailTo(`one-${i}@example.org`, 'annullata')).parsed.text).to.include('Buongiorno Suparman,')
      })

    it('no name at all is refused with a sentence (M3)', async () => {
      const answer = await started().app.api.post(
        '/bookings',
        bodyOf(30, { visitor: { ...visitorOf(30), firstName: '', lastName: '' } }),
      )
      expect([answer.status, answer.body.errors[0].field]).to.deep.equal([422, 'visitor.firstName'])
    })

    it('what a phone pastes around codes and numbers is dropped', async () => {
      const code = taxCodeOf(31)
      const visitor = visitorOf(31, {
        taxCode: `\u202a${code.slice(0, 6)}\u202f${code.slice(6, 11)}–${code.slice(11)}\u202c`,
        phone: '\u202a+39\u202f333 123–4567\u202c',
      })
      const booking = await booked(started().app, 31, { start: at('09:15'), visitor })
      expect((await listed(booking.code)).visitor.phone).to.equal('+393331234567')
      const again = await started().app.api.post('/bookings', bodyOf(31, { start: at('10:00') }))
      expect(again.body.code, 'the same person').to.equal('already-booked')
    })

    it('a booking code is found however it was pasted: check-in and the desk’s own addresses', async () => {
      const { app } = started()
      const { code } = await booked(app, 32, { start: at('09:30') })
      const pasted = `\u202a${code.slice(0, 4).toLowerCase()}–${code.slice(4)}\u202c`
      app.clock.set(at('09:20'))
      operator = await signedIn(app, { username: 'bruno' })
      const there = await operator.post('/sites/legnano/check-ins', { code: pasted })
      expect([there.status, there.body.ticket?.number]).to.deep.equal([201, 'P001'])
      const other = await booked(app, 33, { start: at('11:30') })
      const typed = encodeURIComponent(`${other.code.slice(0, 4)} ${other.code.slice(4)}`)
      const gone = await operator.post(`/sites/legnano/bookings/${typed}/cancel`, { reason: 'al telefono' })
      expect([gone.status, gone.body.booking?.status]).to.deep.equal([200, 'cancelled'])
    })

    it('two telephone numbers in one field are refused, not glued together', async () => {
      const visitor = aVisitor({ taxCode: taxCodeOf(34), phone: '0331 123456 / 333 1234567' })
      const answer = await started().app.api.post('/bookings', bodyOf(34, { visitor }))
      expect(answer.status).to.equal(422)
      expect(answer.body.errors).to.deep.include({
        field: 'visitor.phone',
        code: 'phone.two',
        message: 'Qui c’è posto per un solo numero di telefono. Scriva quello a cui è più facile trovarla.',
      })
    })

    it('signs that hide or turn round the text beside them are refused in every free text', async () => {
      const { app, operator } = started()
      const manager = await signedIn(app, { role: 'manager' })
      const { code } = await booked(app, 35, { start: at('11:15') })
      await operator.post('/counters/legnano-1/open')
      const evil = 'a\u202eb'
      const closure = { from: '2026-12-01', to: '2026-12-02', public: true }
      const refused = [
        await app.api.post('/bookings', bodyOf(36, { notes: evil })),
        await operator.post(`/sites/legnano/bookings/${code}/cancel`, { reason: evil }),
        await operator.post('/sites/legnano/walk-ins', { service: 'accesso-diretto', urgent: { reason: evil } }),
        await manager.post('/sites/legnano/closures', { ...closure, reason: evil }),
        await manager.patch('/sites/legnano', { name: evil }),
        await manager.patch('/sites/legnano', { address: 'Via Roma\u200b 1' }),
        await manager.patch('/sites/legnano', { phone: '\u001b0331' }),
      ]
      expect(refused.map(({ status, body }) => `${status} ${body.errors?.[0]?.code}`)).to.deep.equal(
        refused.map(() => '422 characters'),
      )
    })
  })
})
