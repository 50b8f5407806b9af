import { expect } from 'chai'
import { BookingEntity } from '../../../src/bookings/index.js'
import { startApp, type TestApp } from '../../support/app.js'
import { THE_DAY_BEFORE, taxCodeOf } from '../../support/builders.js'
import { forEachEngine } from '../../support/engines.js'
import { book } from './journey.js'
import { WebVisit } from './web-visit.js'

const CONFIRMED = '/prenota/conferma'

describe('«Indirizzo sbagliato? Correggilo», without scripts (C4)', function () {
  this.timeout(60_000)
  forEachEngine((engine) => {
    let app: TestApp
    let person = 0
    before(async () => {
      app = await startApp(engine)
    })
    afterEach(() => app.clock.set(THE_DAY_BEFORE))
    after(() => app.close())

    const bookedBySomebody = () => {
      person += 1
      return book(app, { time: person, visitor: { taxCode: taxCodeOf(person), email: `errata-${person}@example.org` } })
    }

    it('the confirmation has the form with the address in it; the new link is there, the old one opens nothing', async () => {
      const { visit, page, path } = await bookedBySomebody()
      expect(page.html).to.match(/value="errata-\d+@example\.org"/)
      const done = await visit.submit(page, CONFIRMED, { email: 'giusta@example.org' })
      expect([done.status, done.address]).to.deep.equal([200, `${CONFIRMED}?fatto`])
      expect(done.text).to.include('Indirizzo corretto').and.to.include('giusta@example.org')
      const now = /\/prenotazione\/[A-Za-z0-9_-]{43}/.exec(done.html)?.[0] ?? ''
      expect(now).not.to.equal(path)
      expect([(await visit.get(path)).status, (await visit.get(now)).status]).to.deep.equal([404, 200])
      expect(done.address).not.to.include('giusta')
    })

    it('a mistyped address is told at its field, stays there, and changes nothing', async () => {
      const { visit, page, path } = await bookedBySomebody()
      const wrong = await visit.submit(page, CONFIRMED, { email: 'maria.rossi' })
      expect(wrong.status).to.equal(422)
      expect(wrong.html).to.match(/value="maria\.rossi"[^>]*aria-invalid="true"/)
      expect(wrong.html).to.match(/<details[^>]*open/)
      expect((await visit.get(path)).status).to.equal(200)
    })

    it('after half an hour there is no form, and an older page is told where else', async () => {
      const { visit, page, path } = await bookedBySomebody()
      app.clock.advanceMinutes(30)
      expect((await visit.get(CONFIRMED)).html).not.to.include('data-test="contact"')
      const late = await visit.submit(page, CONFIRMED, { email: 'tardi@example.org' })
      expect(late.status).to.equal(409)
      expect(late.text).to.include('30 minuti').and.to.include('sportello')
      expect((await visit.get(path)).status).to.equal(200)
    })

    it('a browser that lost its cookie has no form; what is cancelled has none either', async () => {
      const { visit, path } = await bookedBySomebody()
      const other = visit.copy()
      other.cookies.delete('browser')
      expect((await other.get(CONFIRMED)).html).not.to.include('data-test="contact"')
      await visit.submit(await visit.get(`${path}/annulla`), `${path}/annulla`)
      expect((await visit.get(CONFIRMED)).html).not.to.include('data-test="contact"')
    })

    it('every page of booking sets the cookie, for pages’ scripts unreadable, and keeps its name', async () => {
      const visit = new WebVisit(app.url)
      const first = await visit.get('/prenota')
      const cookieOf = ({ headers }: { headers: Headers }) =>
        headers.getSetCookie().find((set) => set.startsWith('browser=')) ?? ''
      expect(cookieOf(first))
        .to.match(/; HttpOnly/)
        .and.to.match(/; SameSite=Lax/)
      const second = await visit.get('/prenota')
      expect(cookieOf(second).split(';')[0]).to.equal(cookieOf(first).split(';')[0])
    })

    it('who booked with nothing else to do is led to the first step', async () => {
      const { visit, page } = await bookedBySomebody()
      visit.cookies.delete('booking-draft')
      const again = await visit.submit(page, CONFIRMED, { email: 'giusta@example.org' })
      expect(again.address).to.equal('/prenota')
      const all = await app.database.dataSource.manager.find(BookingEntity)
      expect(all.filter(({ linkTurn }) => linkTurn > 0)).to.have.length(1)
    })
  })
})
