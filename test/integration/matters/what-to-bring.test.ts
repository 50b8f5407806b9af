import { expect } from 'chai'
import { startApp, type TestApp } from '../../support/app.js'
import { visitorOf } from '../../support/builders.js'
import { at, bodyOf } from '../../support/crowd.js'
import { forEachEngine } from '../../support/engines.js'
import { SmtpInbox } from '../../support/smtp.js'
import { WebVisit } from '../citizen/web-visit.js'

/** Of the matter `neonato`; of the service that is booked. */
const [OF_MATTER, OF_SERVICE] = ['Documento di identità di un genitore', 'Tessera sanitaria o codice fiscale']
const PROXY = 'Delega firmata e copia del documento di chi delega (se non viene un genitore)'

describe('what to bring', () => {
  forEachEngine((engine) => {
    let app: TestApp
    let inbox: SmtpInbox
    before(async function () {
      this.timeout(60_000)
      inbox = await SmtpInbox.create()
      app = await startApp(engine, { inbox })
    })
    after(async () => {
      await app.close()
      await inbox.close()
    })

    /** The page behind the link, and the mail. */
    const told = async (person: number, part: object, language = 'it') => {
      const body = bodyOf(person, { start: at('09:00'), ...part })
      const { body: answer } = await app.api.post('/bookings', body, { 'accept-language': language })
      const { email } = visitorOf(person)
      const { parsed } = await inbox.waitFor(({ to }) => to.includes(email))
      const visit = new WebVisit(app.url, language)
      const page = await visit.get(new URL(answer.booking.manageUrl).pathname)
      return { page: page.text, mail: `${parsed.text}`.replace(/\s+/g, ' '), subject: `${parsed.subject}` }
    }

    it('M5: is what the matter asks for, each thing with its condition, on the page and in the mail', async () => {
      const { page, mail, subject } = await told(1, { matter: 'neonato' })
      for (const text of [page, mail]) expect(text).to.include(OF_MATTER).and.include(PROXY).and.not.include(OF_SERVICE)
      expect(subject, 'L3').not.to.match(/bambino|neonato/i)
    })

    it('M5: speaks the language of the booking', async () => {
      for (const text of Object.values(await told(2, { matter: 'neonato' }, 'en')).slice(0, 2))
        expect(text).to.include('Identity document of a parent').and.include('if it is not a parent who comes')
    })

    it('M5: is what the service asks for where no matter was said', async () => {
      const { page, mail } = await told(3, { start: at('09:15') })
      for (const text of [page, mail]) expect(text).to.include(OF_SERVICE).and.not.include(OF_MATTER)
    })
  })
})
