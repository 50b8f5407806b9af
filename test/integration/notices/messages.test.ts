import { expect } from 'chai'
import { startApp, type TestApp } from '../../support/app.js'
import { aVisitor, THE_DAY } from '../../support/builders.js'
import { at, booked } from '../../support/crowd.js'
import { forEachEngine } from '../../support/engines.js'
import { SmtpInbox } from '../../support/smtp.js'
import { signedIn, type StaffClient } from '../../support/staff.js'

interface Listed {
  code: string
  messages: { kind: string; channel: string; state: string; cause: string | null; at: string }[]
}

forEachEngine((engine) => {
  describe('what became of the mails of a booking (L4, case K20)', function () {
    this.timeout(60_000)
    let [app, inbox, operator]: [TestApp?, SmtpInbox?, StaffClient?] = []
    const started = (): { app: TestApp; inbox: SmtpInbox; operator: StaffClient } => {
      if (!app || !inbox || !operator) throw new Error('not started')
      return { app, inbox, operator }
    }
    before(async () => {
      inbox = await SmtpInbox.create()
      app = await startApp(engine, {
        settings: { SMTP_URL: inbox.url, MAIL_FROM: 'Turno <noreply@example.org>' },
      })
      operator = await signedIn(app)
    })
    after(() => app?.close())

    const listed = async (code: string): Promise<Listed> => {
      const { status, body } = await started().operator.get(`/sites/legnano/bookings?date=${THE_DAY}`)
      expect(status).to.equal(200)
      const found = (body.bookings as Listed[]).find((booking) => booking.code === code)
      if (!found) throw new Error('not listed')
      return found
    }

    it('refused for good: failed, with the server’s answer and no address in it', async () => {
      const { app, inbox } = started()
      inbox.behaviour = 'refuse-550'
      inbox.answer550 = "No mailbox giulia.d'amico@example.org (giulia.d'amico) here"
      const { code } = await booked(app, 1, { visitor: aVisitor({ email: "giulia.d'amico@example.org" }) })
      app.clock.advanceMinutes(2)
      await app.sender.sendDue()
      const { messages } = await listed(code)
      expect(messages).to.deep.equal([
        {
          kind: 'confirmed',
          channel: 'mail',
          state: 'failed',
          cause: '550 No mailbox … (…) here',
          at: at('09:02', '2026-11-23'),
        },
      ])
    })

    it('skipped because the booking changed: superseded; sent: nothing to explain', async () => {
      const { app, inbox } = started()
      inbox.behaviour = 'later-451'
      const { code, token } = await booked(app, 2)
      await app.sender.sendDue()
      expect((await listed(code)).messages.map(({ state, cause }) => `${state} ${cause?.slice(0, 3)}`)).to.deep.equal([
        'waiting 451',
      ])
      inbox.behaviour = 'accept'
      await app.api.post(`/bookings/${token}/cancel`)
      app.clock.advanceMinutes(1)
      await app.sender.sendDue()
      const { messages } = await listed(code)
      expect(messages.map(({ kind, state, cause }) => [kind, state, cause])).to.deep.equal([
        ['confirmed', 'skipped', 'superseded'],
        ['cancelled', 'sent', null],
      ])
    })

    it('skipped because the person’s data are erased: erased', async () => {
      const { app } = started()
      const { code, token } = await booked(app, 3)
      const booking = await app.bookings.findByToken(token)
      await app.unitOfWork.run(({ em }) => em.query(`UPDATE booking SET email = NULL WHERE id = '${booking?.id}'`))
      await app.sender.sendDue()
      expect((await listed(code)).messages.map(({ state, cause }) => [state, cause])).to.deep.equal([
        ['skipped', 'erased'],
      ])
    })
  })
})
