import { expect } from 'chai'
import { closureReason } from '../../../src/bookings/index.js'
import { startApp, type TestApp } from '../../support/app.js'
import { aBooking, visitorOf } from '../../support/builders.js'
import { at, booked } from '../../support/crowd.js'
import { forEachEngine } from '../../support/engines.js'
import { SmtpInbox } from '../../support/smtp.js'
import { signedIn, type StaffClient } from '../../support/staff.js'

forEachEngine((engine) => {
  describe('the mail of a closure (C6)', function () {
    this.timeout(60_000)
    let [app, inbox, manager]: [TestApp?, SmtpInbox?, StaffClient?] = []
    const started = (): { app: TestApp; inbox: SmtpInbox; manager: StaffClient } => {
      if (!app || !inbox || !manager) throw new Error('not started')
      return { app, inbox, manager }
    }
    before(async () => {
      inbox = await SmtpInbox.create()
      app = await startApp(engine, { inbox })
      manager = await signedIn(app, { role: 'manager' })
    })
    after(() => app?.close())

    /** Books the n-th, closes around the time, cancels what is in it. @returns the text of the mail */
    const closed = async (n: number, time: string, closure: { reason: string; public: boolean }): Promise<string> => {
      const email = `closed-${n}@example.org`
      await booked(started().app, n, { start: at(time), visitor: visitorOf(n, { email }) })
      const range = { from: at(time), to: at(time.replace(':00', ':30')) }
      const made = await started().manager.post('/sites/legnano/closures', { ...range, ...closure })
      expect(made.status, JSON.stringify(made.body)).to.equal(201)
      await started().manager.post(`/sites/legnano/closures/${made.body.closure.id}/resolve`, { action: 'cancel' })
      const { parsed } = await started().inbox.waitFor(
        ({ to, parsed: { subject } }) => to[0] === email && subject === 'Prenotazione annullata dalla sede',
      )
      expect(parsed.html).to.include(closure.public ? closure.reason : 'resta chiuso')
      return parsed.text ?? ''
    }

    it('says the public reason', async () => {
      expect(await closed(1, '09:00', { reason: 'Guasto all’impianto elettrico', public: true })).to.include(
        'Motivo: Guasto all’impianto elettrico',
      )
    })

    it('says nothing of a reason that is not for the public', async () => {
      const text = await closed(2, '10:00', { reason: 'Assenza di due colleghe', public: false })
      expect(text).not.to.include('colleghe').and.not.to.include('Motivo')
    })

    it('says of several the one that begins first, whatever their ids', async () => {
      const close = (from: string, to: string, reason: string) =>
        started().manager.post('/sites/legnano/closures', { from, to, reason, public: true })
      for (const n of [1, 2, 3, 4]) await close(at('11:00'), at('11:30'), `Guasto ${n}`)
      expect((await close('2026-11-23', '2026-11-25', 'Sciopero')).status).to.equal(201)
      const booking = aBooking({ startsAt: new Date(at('11:00')), endsAt: new Date(at('11:15')) })
      expect(await closureReason(started().app.database.dataSource.manager, booking, 'Europe/Rome')).to.equal(
        'Sciopero',
      )
    })
  })
})
