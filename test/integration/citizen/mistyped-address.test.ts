import { expect } from 'chai'
import { startApp, type TestApp } from '../../support/app.js'
import { visitorOf } from '../../support/builders.js'
import { at, bodyOf } from '../../support/crowd.js'
import { forEachEngine } from '../../support/engines.js'
import { NICOLO, toDetails } from './journey.js'
import { formFields, WebVisit } from './web-visit.js'

const PATH = '/prenota/richiedente'

describe('an address that looks mistyped is asked about once (C5)', function () {
  this.timeout(60_000)
  forEachEngine((engine) => {
    let app: TestApp
    before(async () => {
      app = await startApp(engine)
    })
    after(() => app.close())

    const toVisitor = async () => {
      const visit = new WebVisit(app.url)
      return { visit, page: await visit.submit(await toDetails(visit), '/prenota/dettagli') }
    }
    const typed = (email: string) => ({ ...NICOLO, email })

    it('what was typed stays, the likely one is said, and a second press goes on with it as it is', async () => {
      const { visit, page } = await toVisitor()
      const asked = await visit.submit(page, PATH, typed('nicolo@gmial.com'))
      expect([asked.status, asked.address]).to.deep.equal([200, PATH])
      expect(asked.text).to.include('nicolo@gmial.com').and.to.include('nicolo@gmail.com?')
      expect(formFields(asked.html, PATH).fields).to.include(typed('nicolo@gmial.com'))
      const summary = await visit.submit(asked, PATH)
      expect(summary.address).to.equal('/prenota/riepilogo')
      expect(summary.text).to.include('nicolo@gmial.com')
      // Once is once, also for who comes back to the step.
      const back = await visit.get(PATH)
      expect(back.html).not.to.include('data-test="notice"')
      expect((await visit.submit(back, PATH)).address).to.equal('/prenota/riepilogo')
    })

    it('put right, it goes on; another that looks wrong is another question', async () => {
      const { visit, page } = await toVisitor()
      const asked = await visit.submit(page, PATH, typed('nicolo@gmial.com'))
      const other = await visit.submit(asked, PATH, typed('nicolo@libero.con'))
      expect([other.address, other.text.includes('nicolo@gmail.com?')]).to.deep.equal([PATH, false])
      expect((await visit.submit(other, PATH, typed('nicolo@libero.it'))).address).to.equal('/prenota/riepilogo')
    })

    it('D3: in the other language it is asked in that one; what is plainly wrong is told first', async () => {
      const { visit, page } = await toVisitor()
      const wrong = await visit.submit(page, PATH, { ...typed('nicolo@gmial.com'), taxCode: 'ABC' })
      expect([wrong.status, wrong.text.includes('nicolo@gmail.com?')]).to.deep.equal([422, false])
      await visit.submit(wrong, PATH, typed('nicolo@gmial.com'))
      const english = await visit.get(`${PATH}?lang=en`)
      expect(english.text).to.include('Did you mean nicolo@gmail.com?')
    })

    it('an address that looks right is not asked about, and the API asks nobody', async () => {
      const { visit, page } = await toVisitor()
      expect((await visit.submit(page, PATH, typed('nicolo@gmail.com'))).address).to.equal('/prenota/riepilogo')
      const visitor = visitorOf(5, { email: 'nicolo@gmial.com' })
      expect((await app.api.post('/bookings', bodyOf(5, { start: at('11:00'), visitor }))).status).to.equal(201)
    })
  })
})
