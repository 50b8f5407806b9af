import { expect } from 'chai'
import { SiteEntity } from '../../../src/sites/index.js'
import { startApp, type TestApp } from '../../support/app.js'
import { aRule } from '../../support/builders.js'
import { forEachEngine } from '../../support/engines.js'
import { book, mailedPath } from './journey.js'
import { formFields, freeTimes, type WebPage, WebVisit } from './web-visit.js'

describe('the page behind the mailed link', () => {
  forEachEngine((engine) => {
    let app: TestApp
    let path: string
    let visit: WebVisit
    beforeEach(async () => {
      app = await startApp(engine)
      path = (await book(app)).path
      visit = new WebVisit(app.url)
    })
    afterEach(() => app.close())

    const status = async () =>
      (await app.database.contents()).booking?.map((row) => (row as { row_status: string }).row_status)

    it('changes nothing when opened, whatever is opened, by GET or HEAD (L1)', async () => {
      const before = await app.database.contents()
      for (const below of ['', '/annulla', '/sposta', '/qr.svg', '/calendario.ics', '?fatto=annullata', '/conferma']) {
        for (const method of ['GET', 'HEAD']) await visit.open(path + below, { method })
      }
      expect(await app.database.contents()).to.deep.equal(before)
    })

    it('is kept by no cache and named to no other site (L1)', async () => {
      for (const below of ['', '/annulla', '/sposta', '/qr.svg']) {
        const { headers } = await visit.get(path + below)
        expect(headers.get('cache-control')).to.equal('no-store')
        expect(headers.get('referrer-policy')).to.equal('no-referrer')
      }
      expect((await visit.get(path)).html).not.to.match(/(src|href)="https?:\/\/(?!www\.fascicolosanitario)/)
    })

    it('is a plain 404 for a forged link, the same as for an unknown one (L2)', async () => {
      const lastChanged = path.slice(0, -2) + (path.endsWith('A') ? 'BB' : 'AA')
      const pages = await Promise.all(
        [lastChanged, `/prenotazione/${'a'.repeat(43)}`, '/prenotazione/x', `${path}x`].map((other) =>
          visit.get(other),
        ),
      )
      expect(pages.map((page) => page.status)).to.deep.equal([404, 404, 404, 404])
      expect(new Set(pages.map(({ text }) => text)).size).to.equal(1)
    })

    it('cancels by a press, once; a second press says so (K7)', async () => {
      const ask = await visit.get(`${path}/annulla`)
      expect(ask.text).to.include('Vuole annullare questa prenotazione?')
      expect((await visit.submit(ask, `${path}/annulla`)).text).to.include('Prenotazione annullata')
      const again = await visit.submit(ask, `${path}/annulla`, {}, false)
      expect([again.status, again.text.includes('Già annullata')]).to.deep.equal([200, true])
      expect(await status()).to.deep.equal(['cancelled'])
      expect((await visit.get(path)).text).to.include('il posto è già libero')
    })

    it('moves to another time of the same site; link and code stay (K8)', async () => {
      const page = await visit.get(`${path}/sposta?giorno=2026-11-25`)
      const moved = await visit.submit(page, `${path}/sposta`, { start: freeTimes(page)[4] })
      expect(moved.text).to.include('Prenotazione spostata').and.include('mercoledì 25 novembre 2026, ore 9:30')
      expect((await visit.get(path)).text).to.include('mercoledì 25 novembre 2026, ore 9:30')
    })

    it('keeps the old time when the new one is gone (K8)', async () => {
      const page = await visit.get(`${path}/sposta?giorno=2026-11-25`)
      const start = freeTimes(page)[0] ?? ''
      for (let i = 0; i < 3; i++) await app.api.post('/holds', { site: 'legnano', service: 'scelta-revoca', start })
      const refused = await visit.submit(page, `${path}/sposta`, { start })
      expect([refused.status, refused.text.includes('Questo orario è appena stato preso')]).to.deep.equal([409, true])
      expect((await visit.get(path)).text).to.include('martedì 24 novembre 2026, ore 8:30')
    })

    it('keeps the time chosen for a move when the language is changed (D3)', async () => {
      const page = await visit.get(`${path}/sposta?giorno=2026-11-25`)
      const start = freeTimes(page)[4]
      const english = await visit.submit(page, `${path}/sposta`, { start, action: 'en' })
      expect(english.html).to.include('lang="en"')
      expect(formFields(english.html, `${path}/sposta`).fields).to.include({ start })
      expect((await visit.submit(english, `${path}/sposta`)).text).to.include('25 November 2026')
    })

    it('asks which time, when none was chosen', async () => {
      const page = await visit.submit(await visit.get(`${path}/sposta`), `${path}/sposta`)
      expect([page.status, page.text.includes('Scelga un orario.')]).to.deep.equal([422, true])
    })

    it('is read-only from the start on (L2)', async () => {
      const [cancel, move] = [await visit.get(`${path}/annulla`), await visit.get(`${path}/sposta?giorno=2026-11-26`)]
      app.clock.set('2026-11-24T08:30:00+01:00')
      const page = await visit.get(path)
      expect(page.text).to.include('È l’ora del suo appuntamento')
      expect(page.html).not.to.include('/annulla"').and.not.include('/sposta"')
      expect((await visit.get(`${path}/annulla`)).address).to.equal(path)
      expect((await visit.submit(cancel, `${path}/annulla`)).status).to.equal(409)
      expect((await visit.submit(move, `${path}/sposta`, { start: freeTimes(move)[0] })).status).to.equal(409)
      expect(await status()).to.deep.equal(['confirmed'])
    })

    it('believes the booking, not the address, about what was done', async () => {
      expect((await visit.get(`${path}?fatto=annullata`)).text).not.to.include('annullata')
      expect((await visit.get(`${path}?fatto=spostata`)).text).not.to.include('spostata')
    })

    it('draws the code for the reader and hands over the calendar entry', async () => {
      const picture = await visit.get(`${path}/qr.svg`)
      expect([picture.headers.get('content-type'), picture.html.startsWith('<svg')]).to.deep.equal([
        'image/svg+xml; charset=utf-8',
        true,
      ])
      const entry = await visit.get(`${path}/calendario.ics`)
      expect(entry.address).to.equal(path.replace('/prenotazione/', '/api/v1/bookings/').concat('/calendar.ics'))
    })
  })

  describe('for a party whose own seats are the only ones in the way (K8, case K16)', () => {
    forEachEngine((engine) => {
      let app: TestApp
      let path: string
      let visit: WebVisit
      const rule = aRule({ slotMinutes: 10, seats: 1, from: '09:00', to: '10:00' })
      const times = (page: WebPage) => freeTimes(page).map((start) => start.slice(11, 16))
      beforeEach(async () => {
        app = await startApp(engine)
        await app.saveCalendar({ rules: [rule] })
        ;({ path, visit } = await book(app, { persons: '3' }))
      })
      afterEach(() => app.close())

      it('the page offers what the server accepts, not the time it has', async () => {
        const page = await visit.get(`${path}/sposta`)
        expect(times(page)).to.deep.equal(['09:10', '09:20', '09:30', '09:40'])
        const moved = await visit.submit(page, `${path}/sposta`, { start: '2026-11-24T09:10:00+01:00' })
        expect(moved.text).to.include('Prenotazione spostata').and.include('ore 9:10')
      })

      it('the refresh of the times says the same, to who has the link', async () => {
        const { url } = app
        const answer = await fetch(`${url}${path}/orari?giorno=2026-11-24`)
        const { slots } = (await answer.json()) as { slots: { start: string; free: number }[] }
        expect(slots.map(({ start, free }) => `${start.slice(11, 16)} ${free}`)).to.deep.equal([
          '09:00 0',
          '09:10 1',
          '09:20 1',
          '09:30 1',
          '09:40 1',
        ])
        expect(answer.headers.get('cache-control')).to.equal('no-store')
        expect((await fetch(`${url}/prenotazione/${'a'.repeat(43)}/orari?giorno=2026-11-24`)).status).to.equal(404)
        expect((await fetch(`${url}${path}/orari?giorno=2026-02-31`)).status).to.equal(400)
      })

      it('the next free time is never its own', async () => {
        await app.saveCalendar({
          rules: [{ ...rule, to: '09:20', rrule: 'FREQ=DAILY;COUNT=1', startsOn: '2026-11-24' }],
        })
        const { text } = await visit.get(`${path}/sposta`)
        expect(text).to.include('martedì 24 novembre 2026: nessun orario libero').and.not.include('primo posto libero')
        expect(text, 'the day says why, and whose it is').to.include('orario attuale')
      })

      it('once it is cancelled the seats are no longer its own', async () => {
        const page = await visit.get(`${path}/sposta`)
        const token = path.slice('/prenotazione/'.length)
        await app.api.post(`/bookings/${token}/cancel`)
        await app.api.post('/holds', { site: 'legnano', service: 'scelta-revoca', start: '2026-11-24T09:00:00+01:00' })
        const refused = await visit.submit(page, `${path}/sposta`, { start: '2026-11-24T09:10:00+01:00' })
        expect(refused.status).to.equal(409)
        expect(times(refused)).to.deep.equal(['09:10', '09:20', '09:30', '09:40'])
        const { slots } = (await (await fetch(`${app.url}${path}/orari?giorno=2026-11-24`)).json()) as {
          slots: { free: number }[]
        }
        expect(slots.map(({ free }) => free)).to.deep.equal([0, 1, 1, 1, 1])
      })
    })
  })

  describe('of a site that asks for confirmation (K4)', () => {
    forEachEngine((engine) => {
      let app: TestApp
      before(async () => {
        app = await startApp(engine)
        await app.unitOfWork.run(({ em }) => em.update(SiteEntity, { id: 'legnano' }, { emailConfirmation: true }))
        app.events.publish('site.changed', { siteId: 'legnano' })
      })
      after(() => app.close())

      it('confirms by a press, within half an hour', async () => {
        const { page, path, visit } = await book(app)
        expect(page.text).to.include('Manca un ultimo passo').and.include('entro le 9:30')
        const own = await visit.get(path)
        expect(own.text, 'not by the link that stands on the page').to.include('La conferma si fa dall’e-mail')
        const mailed = await mailedPath(app, path)
        const confirmed = await visit.submit(await visit.get(mailed), `${mailed}/conferma`)
        expect(confirmed.text).to.include('Prenotazione confermata').and.include('Confermata')
      })

      it('says when it was too late', async () => {
        const { path, visit } = await book(app, {
          visitor: { taxCode: 'MRTMTT25D09F205Z', email: 'late@example.org' },
          time: 3,
        })
        const mailed = await mailedPath(app, path)
        const pending = await visit.get(mailed)
        app.clock.advanceMinutes(31)
        expect((await visit.submit(pending, `${mailed}/conferma`)).status).to.equal(409)
        expect((await visit.get(path)).text).to.include('Prenotazione scaduta')
      })
    })
  })
})
