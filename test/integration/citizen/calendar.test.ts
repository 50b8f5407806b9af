import { expect } from 'chai'
import { makeAddClosure } from '../../../src/scheduling/index.js'
import { startApp, type TestApp } from '../../support/app.js'
import { aRule, visitorOf } from '../../support/builders.js'
import { SQLITE } from '../../support/engines.js'
import { signedIn } from '../../support/staff.js'
import { freeTimes, WebVisit } from './web-visit.js'

describe('the calendar of the booking (S7)', () => {
  let app: TestApp
  let visit: WebVisit
  beforeEach(async () => {
    app = await startApp(SQLITE)
    visit = new WebVisit(app.url)
  })
  afterEach(() => app.close())

  const choose = async (site: string, persons = '1') =>
    visit.submit(await visit.get('/prenota'), '/prenota', { site, persons })
  const close = (fromOn: string, toOn: string) =>
    app.unitOfWork.run((tx) => {
      const range = { fromOn, toOn }
      const closure = {
        siteId: 'legnano',
        calendarId: null,
        reason: 'lavori in corso',
        isPublic: true,
        who: 'test',
        range,
      }
      return makeAddClosure(app)(tx, closure)
    })

  it('opens on the first free day, with its times by halves of the day', async () => {
    const page = await choose('legnano')
    expect(page.text).to.include('Orari di lunedì 23 novembre 2026').and.include('Mattina').and.include('Pomeriggio')
    expect(freeTimes(page)[0]).to.equal('2026-11-23T10:00:00+01:00')
    expect(page.html).to.include('href="?giorno=2026-11-24#orari"').and.not.include('href="?giorno=2026-11-28#orari"')
  })

  it('gives each closed day its public reason', async () => {
    await close('2026-11-24', '2026-11-27')
    const { text } = await choose('legnano')
    expect(text).to.include('da martedì 24 novembre a giovedì 26 novembre – Chiuso: lavori in corso')
    expect((await visit.get('/prenota/data-e-orario?mese=2026-12')).text).to.include(
      'martedì 8 dicembre – Chiuso per festività: Immacolata Concezione',
    )
  })

  it('says why a day is empty, and offers the next free day and the other sites', async () => {
    await close('2026-11-24', '2026-11-25')
    await choose('legnano')
    const page = await visit.get('/prenota/data-e-orario?giorno=2026-11-24')
    expect(page.text)
      .to.include('martedì 24 novembre 2026: nessun orario libero')
      .and.include('Chiuso: lavori in corso')
    expect(page.text).to.include('Il primo posto libero in questa sede è mercoledì 25 novembre 2026, ore 8:30')
    expect(page.html).to.include('href="?giorno=2026-11-25#orari"')
    expect((await visit.submit(page, '/prenota', { site: 'magenta' })).text).to.include('Via al Donatore di Sangue 50')
  })

  it('says from when days open that are too far ahead, and turns no further', async () => {
    await choose('legnano')
    const december = await visit.get('/prenota/data-e-orario?mese=2026-12')
    expect(december.text).to.include('I giorni da giovedì 24 dicembre in poi si aprono uno alla volta')
    expect(december.html).to.include('href="?mese=2026-11#calendario"').and.not.include('mese=2027-01')
    const february = await visit.get('/prenota/data-e-orario?mese=2027-02')
    expect(february.text)
      .to.include('In febbraio 2027 non ci sono giorni liberi')
      .and.include('Vai al primo giorno libero')
  })

  it('shows only starts that fit everybody (K2)', async () => {
    const last = async (persons: string) => freeTimes(await choose('legnano', persons)).at(-1)
    expect(await last('2')).to.equal('2026-11-23T12:15:00+01:00')
    expect(await last('6')).to.equal('2026-11-23T11:45:00+01:00')
  })

  it('has an answer for a site without any free place', async () => {
    await close('2026-11-23', '2027-02-01')
    const home = await visit.get('/')
    expect(home.text).to.include('Nessun posto libero per ora')
    const page = await choose('legnano')
    expect(page.text)
      .to.include('In questa sede per ora non ci sono posti liberi')
      .and.include('Primo posto libero nelle altre sedi')
  })

  // On Monday 2026-11-23 with a horizon of 30 days, tomorrow opens Thursday 24 December.
  for (const [until, said, not] of [
    ['2026-12-24', 'Domani si apre un altro giorno: riprovi domani.', 'riprovi allora'],
    ['2026-12-28', 'Sabato 28 novembre si apre un altro giorno: riprovi allora.', 'domani'],
    ['2027-02-01', 'per ora non ci sono posti liberi', 'riprovi'],
  ] as const) {
    it(`says «riprovi domani» only when tomorrow opens a day: closed until ${until} (S7)`, async () => {
      await close('2026-11-23', until)
      expect((await visit.get('/')).text).not.to.include('Ogni giorno')
      const { text } = await choose('legnano')
      expect(text).to.include(said).and.not.include(not)
    })
  }

  it('counts tomorrow’s day as open only while it has a free start', async () => {
    await close('2026-11-23', '2026-12-24')
    await app.saveCalendar({ rules: [aRule({ from: '08:30', to: '08:45', seats: 1 })] })
    expect((await choose('legnano')).text).to.include('riprovi domani')
    const { status } = await (await signedIn(app)).post('/sites/legnano/bookings', {
      service: 'scelta-revoca',
      start: '2026-12-24T08:30:00+01:00',
      visitor: visitorOf(1),
      reason: 'oltre i trenta giorni',
    })
    expect(status).to.equal(201)
    expect((await choose('legnano')).text).to.include('Sabato 28 novembre si apre un altro giorno')
  })

  for (const query of ['mese=2026-13', 'mese=9999-01', 'giorno=2026-02-31', 'giorno=x', 'mese=2026-11&mese=2026-12']) {
    it(`refuses ${query}`, async () => {
      await choose('legnano')
      expect((await visit.get(`/prenota/data-e-orario?${query}`)).status).to.equal(400)
    })
  }
})
