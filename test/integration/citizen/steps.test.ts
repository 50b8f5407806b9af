import { expect } from 'chai'
import { startApp, type TestApp } from '../../support/app.js'
import { aRule } from '../../support/builders.js'
import { forEachEngine } from '../../support/engines.js'
import { BookingEntity } from '../../../src/bookings/index.js'
import { book, NICOLO, toDetails, toSummary } from './journey.js'
import { formFields, freeTimes, type WebPage, WebVisit } from './web-visit.js'

describe('the six steps of a booking, without scripts', () => {
  forEachEngine((engine) => {
    let app: TestApp
    let visit: WebVisit
    beforeEach(async () => {
      app = await startApp(engine)
      visit = new WebVisit(app.url)
    })
    afterEach(() => app.close())

    const bookings = () => app.database.dataSource.manager.find(BookingEntity, { order: { createdAt: 'ASC' } })
    const statuses = async () => (await bookings()).map(({ status }) => status)

    it('end in one confirmed booking, its code, place and time, and what to bring', async () => {
      const { page, path } = await book(app, { persons: '3', site: 'magenta' })
      const [booking] = await bookings()
      expect(page.address).to.equal('/prenota/conferma')
      expect(page.text).to.include(booking?.code).and.include('martedì 24 novembre 2026, ore 8:30')
      expect(page.text).to.include('3 persone').and.include('Documento di identità valido').and.include(NICOLO.email)
      expect(page.html).to.include(`${path}/calendario.ics`).and.include(`${path}/qr.svg`)
      expect(booking).to.include({
        status: 'confirmed',
        siteId: 'magenta',
        persons: 3,
        firstName: 'Nicolò',
        notes: 'Due figli',
      })
    })

    it('keep nothing personal on the server, nor in an address, before the confirmation', async () => {
      const page = await toSummary(visit)
      expect(page.text).to.include("Nicolò D'Angelo-Müller").and.include(NICOLO.taxCode)
      const [held] = await bookings()
      expect(held).to.include({ status: 'held', firstName: null, email: null, personHash: null, notes: null })
      expect(JSON.stringify(await app.database.contents())).not.to.match(/Nicol|nicolo@|Due figli/)
      expect(visit.cookies.get('booking-draft')).not.to.include('Nicol')
    })

    it('hold the slot for ten minutes and say until when (K4)', async () => {
      const page = await toDetails(visit)
      expect(page.address).to.equal('/prenota/dettagli')
      expect(page.text).to.include('riservato per lei fino alle 9:10').and.include('Mancano ancora 10 minuti')
    })

    it('let the hold go when another slot is chosen', async () => {
      await toDetails(visit, { time: 0 })
      await toDetails(visit, { time: 3 })
      expect((await statuses()).sort()).to.deep.equal(['expired', 'held'])
    })

    it('offer the times that overlap only what is held for the same person (case E19)', async () => {
      await app.saveCalendar({ rules: [aRule({ slotMinutes: 10, seats: 1, from: '09:00', to: '10:00' })] })
      const times = (page: WebPage) => freeTimes(page).map((start) => start.slice(11, 16))
      await toDetails(visit, { persons: '3' })
      const own = await visit.get('/prenota/data-e-orario?giorno=2026-11-24')
      expect(times(own)).to.deep.equal(['09:00', '09:10', '09:20', '09:30', '09:40'])
      const fresh = await visit.get('/prenota/orari?giorno=2026-11-24')
      expect(fresh.html).to.include('"start":"2026-11-24T09:10:00+01:00","free":1')
      expect(fresh.headers.get('cache-control')).to.equal('no-store')
      const other = new WebVisit(app.url)
      await other.submit(await other.get('/prenota'), '/prenota', { site: 'legnano', persons: '3' })
      expect(times(await other.get('/prenota/data-e-orario?giorno=2026-11-24'))).to.deep.equal([
        '09:20',
        '09:30',
        '09:40',
      ])
      const start = '2026-11-24T09:10:00+01:00'
      expect((await visit.submit(own, '/prenota/data-e-orario', { start })).text).to.include('ore 9:10')
      app.clock.advanceMinutes(11)
      const late = await visit.get('/prenota/orari?giorno=2026-11-24')
      expect(late.html, 'an expired hold is nobody’s').to.include('"start":"2026-11-24T09:00:00+01:00","free":1')
      expect((await new WebVisit(app.url).open('/prenota/orari?giorno=2026-11-24', { follow: false })).status).to.equal(
        404,
      )
    })

    it('let the hold go when the booking is left, and forget what was typed', async () => {
      const home = await visit.submit(await toSummary(visit), '/prenota/abbandona')
      expect(home.text).to.include('Ha lasciato la prenotazione')
      expect(await statuses()).to.deep.equal(['expired'])
      expect((await visit.get('/prenota/riepilogo')).address).to.equal('/prenota')
    })

    it('keep everything typed on the way back', async () => {
      await toSummary(visit)
      expect((await visit.get('/prenota/dettagli')).html).to.include('>Due figli</textarea>')
      expect(formFields((await visit.get('/prenota/richiedente')).html, '/prenota/richiedente').fields).to.include(
        NICOLO,
      )
      expect((await visit.get('/prenota')).html).to.match(/value="legnano"[^>]*checked/)
    })

    it('lead to the first one that is missing', async () => {
      for (const path of ['data-e-orario', 'dettagli', 'richiedente', 'riepilogo', 'conferma']) {
        expect((await visit.get(`/prenota/${path}`)).address, path).to.equal('/prenota')
      }
    })

    it('renew an expired hold with one press, when the seat is still free', async () => {
      await toSummary(visit)
      app.clock.advanceMinutes(11)
      const late = await visit.get('/prenota/riepilogo')
      expect(late.text).to.include('Il tempo è scaduto').and.not.include('Conferma la prenotazione Indietro')
      const renewed = await visit.submit(late, '/prenota/rinnova')
      expect(renewed.text).to.include('tenuto per lei fino alle 9:21')
      expect((await visit.submit(renewed, '/prenota/riepilogo')).text).to.include('Prenotazione confermata')
    })

    it('show what they were told of a hold, and what the database says as soon as it is used', async () => {
      const summary = await toSummary(visit)
      const { dataSource } = app.database
      const held = await dataSource.manager.findOneByOrFail(BookingEntity, { status: 'held' })
      await app.unitOfWork.run((tx) => app.bookings.releaseHold(tx, { hold: app.secrets.tokenFor('hold', held.id) }))
      expect((await visit.get('/prenota/riepilogo')).text).to.include('Conferma la prenotazione Indietro')
      const again = await visit.submit(summary, '/prenota/riepilogo')
      expect([again.status, again.text.includes('Conferma la prenotazione Indietro')]).to.deep.equal([409, false])
      expect(again.text).to.include('Il tempo è scaduto').and.not.include('riservato per lei fino alle')
      expect((await visit.get('/prenota/richiedente')).text).not.to.include('riservato per lei fino alle')
    })

    it('say that the hold has expired when it does so under the confirming finger', async () => {
      const summary = await toSummary(visit)
      app.clock.advanceMinutes(11)
      const again = await visit.submit(summary, '/prenota/riepilogo')
      expect([again.status, again.text.includes('Il tempo è scaduto')]).to.deep.equal([409, true])
      const renewed = await visit.submit(again, '/prenota/rinnova')
      expect((await visit.submit(renewed, '/prenota/riepilogo')).address).to.equal('/prenota/conferma')
    })

    it('show other times when the slot was taken meanwhile', async () => {
      await visit.submit(await visit.get('/prenota'), '/prenota', { site: 'legnano' })
      const slots = await visit.get('/prenota/data-e-orario?giorno=2026-11-24')
      const start = freeTimes(slots)[0] ?? ''
      for (let i = 0; i < 3; i++) await app.api.post('/holds', { site: 'legnano', service: 'scelta-revoca', start })
      const again = await visit.submit(slots, '/prenota/data-e-orario', { start })
      expect(again.status).to.equal(409)
      expect(again.text).to.include('Questo orario è appena stato preso')
      expect(freeTimes(again)).not.to.include(start).and.not.deep.equal([])
    })

    it('make one booking of two presses, and show the same confirmation (K9)', async () => {
      const summary = await toSummary(visit)
      const pages = await Promise.all(
        [visit, visit.copy()].map((window) => window.submit(summary, '/prenota/riepilogo')),
      )
      expect(pages.map(({ address }) => address)).to.deep.equal(['/prenota/conferma', '/prenota/conferma'])
      const code = (html: string) => /data-test="code"[^>]*>([^<]+)/.exec(html)?.[1]
      expect(code(pages[0]?.html ?? '')).to.equal(code(pages[1]?.html ?? '-'))
      expect((await visit.submit(summary, '/prenota/riepilogo')).address).to.equal('/prenota/conferma')
      expect(await statuses()).to.deep.equal(['confirmed'])
    })

    it('refuse a second booking of the same person without telling of the first (K5)', async () => {
      const { page: first } = await book(app)
      const summary = await toSummary(visit, { site: 'magenta', visitor: { email: 'another@example.org' } })
      const refused = await visit.submit(summary, '/prenota/riepilogo')
      expect([refused.status, refused.text.includes('C’è già una prenotazione per questa persona')]).to.deep.equal([
        409,
        true,
      ])
      const code = /data-test="code"[^>]*>([^<]+)/.exec(first.html)?.[1] ?? '-'
      expect(refused.html).not.to.include(code).and.not.include(NICOLO.email)
      const free = await visit.submit(await visit.get('/prenota/richiedente'), '/prenota/richiedente', {
        taxCode: 'MRTMTT25D09F205Z',
      })
      expect((await visit.submit(free, '/prenota/riepilogo')).text).to.include('Prenotazione confermata')
    })
  })
})
