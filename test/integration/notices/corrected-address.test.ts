import { expect } from 'chai'
import { startApp } from '../../support/app.js'
import { visitorOf } from '../../support/builders.js'
import { bodyOf } from '../../support/crowd.js'
import { forEachEngine } from '../../support/engines.js'
import { SmtpInbox } from '../../support/smtp.js'
import { WebVisit } from '../citizen/web-visit.js'

describe('mails after an address was put right (C4)', function () {
  this.timeout(60_000)
  forEachEngine((engine) => {
    it('what waited for the old address never leaves; the new one gets a link that works', async () => {
      const inbox = await SmtpInbox.create()
      const app = await startApp(engine, {
        settings: { SMTP_URL: inbox.url, MAIL_FROM: 'Turno <noreply@example.org>' },
      })
      const visit = new WebVisit(app.url)
      await visit.get('/prenota')
      const headers = { cookie: `browser=${visit.cookies.get('browser')}` }
      const { token } = (await app.api.post('/bookings', bodyOf(1), headers)).body.booking
      const corrected = await app.api.post(`/bookings/${token}/contact`, { email: 'giusta@example.org' }, headers)
      app.sender.start()
      const { parsed } = await inbox.waitFor(({ parsed: mail }) => mail.subject === 'Prenotazione confermata')
      await app.sender.stop()
      expect(inbox.mails).to.have.length(1)
      expect(JSON.stringify(parsed.to)).to.include('giusta@example.org').and.not.to.include(visitorOf(1).email)
      const link = /\/prenotazione\/([A-Za-z0-9_-]{65})/.exec(parsed.text ?? '')?.[1] ?? ''
      expect(link.slice(0, 43)).to.equal(corrected.body.booking.token)
      expect((await app.api.get(`/bookings/${link}`)).status).to.equal(200)
      await app.close()
      await inbox.close()
    })
  })
})
