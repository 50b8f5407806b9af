import { expect } from 'chai'
import { OutboxEntity } from '../../../src/platform/mail/outbox.entity.js'
import { startApp, type TestApp } from '../../support/app.js'
import { visitorOf } from '../../support/builders.js'
import { booked } from '../../support/crowd.js'
import { forEachEngine } from '../../support/engines.js'
import { WebVisit } from './web-visit.js'

describe('the page of who has lost the link (C3)', function () {
  this.timeout(30_000)
  forEachEngine((engine) => {
    let app: TestApp
    before(async () => {
      app = await startApp(engine)
    })
    after(() => app.close())

    const asked = async (email: string) => {
      const visit = new WebVisit(app.url)
      const page = await visit.get('/ritrova')
      return visit.submit(page, '/ritrova', { email })
    }

    it('is led to from the first page, and says the same to everybody, without the address', async () => {
      const visit = new WebVisit(app.url)
      expect((await visit.get('/')).html).to.include('href="/ritrova"')
      await booked(app, 1)
      const [known, unknown] = [await asked(visitorOf(1).email), await asked('nessuno@example.org')]
      expect(known.address).to.equal('/ritrova?fatto')
      expect([unknown.address, unknown.status, unknown.text]).to.deep.equal([known.address, known.status, known.text])
      expect(known.text).to.include('Se con questo recapito c’è una prenotazione')
      expect(known.html).not.to.include(visitorOf(1).email)
      const mails = await app.database.dataSource.manager.findBy(OutboxEntity, { kind: 'found-again' })
      expect(mails).to.have.length(1)
    })

    it('a mistyped address is told at its field, and stays there', async () => {
      const page = await asked('maria.rossi')
      expect(page.status).to.equal(422)
      expect(page.html).to.match(/value="maria\.rossi"[^>]*aria-invalid="true"/)
      expect(page.html).to.include('<title>Errore: ')
    })
  })
})
