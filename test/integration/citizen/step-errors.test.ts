import { expect } from 'chai'
import { startApp, type TestApp } from '../../support/app.js'
import { SQLITE } from '../../support/engines.js'
import { NICOLO, toDetails, toSummary } from './journey.js'
import { formFields, freeTimes, WebVisit } from './web-visit.js'

describe('a step of the booking that is filled in wrongly', () => {
  let app: TestApp
  let visit: WebVisit
  beforeEach(async () => {
    app = await startApp(SQLITE)
    visit = new WebVisit(app.url)
  })
  afterEach(() => app.close())

  const toVisitor = async () => visit.submit(await toDetails(visit), '/prenota/dettagli')

  it('comes back with what was typed, a summary that takes the focus and links to each field', async () => {
    const typed = { ...NICOLO, firstName: 'Nicolò1', taxCode: 'RSSMRA85T10A562X', email: 'nicolo@' }
    const page = await visit.submit(await toVisitor(), '/prenota/richiedente', typed)
    expect(page.status).to.equal(422)
    expect(formFields(page.html, '/prenota/richiedente').fields).to.include(typed)
    expect(page.html).to.match(/role="alert" tabindex="-1" autofocus[^>]*data-test="errors"/)
    for (const field of ['firstName', 'taxCode', 'email']) {
      expect(page.html).to.include(`href="#${field}"`).and.include(`id="${field}-error"`)
      expect(page.html).to.match(
        new RegExp(`id="${field}"[^>]*aria-invalid="true"[^>]*aria-describedby="${field}-error`),
      )
    }
    expect(page.html).to.match(/<title>Errore: /)
    expect(page.text).to.include('Ci sono 3 dati da correggere').and.include('errore di battitura nel codice fiscale')
  })

  it('keeps even wrong values when the language is changed', async () => {
    await visit.submit(await toVisitor(), '/prenota/richiedente', { ...NICOLO, taxCode: 'ABC' })
    const { fields } = formFields((await visit.get('/prenota/richiedente?lang=en')).html, '/prenota/richiedente')
    expect(fields).to.include({ ...NICOLO, taxCode: 'ABC' })
  })

  it('keeps place and time, chosen and not sent yet, when the language is changed (D3)', async () => {
    const place = await visit.submit(await visit.get('/prenota'), '/prenota', {
      site: 'magenta',
      persons: '3',
      action: 'en',
    })
    expect(formFields(place.html, '/prenota').fields).to.include({ site: 'magenta', persons: '3' })
    expect(place.html).to.include('lang="en"')
    const slots = await visit.submit(place, '/prenota')
    expect(slots.text).to.include('Via al Donatore di Sangue 50').and.include('3 people')
    const path = '/prenota/data-e-orario'
    const day = await visit.get(`${path}?giorno=2026-11-25`)
    const [, , start] = freeTimes(day)
    const italian = await visit.submit(day, path, { start, action: 'it' })
    expect(italian.text).to.include('Orari di mercoledì 25 novembre')
    expect(formFields(italian.html, path).fields).to.include({ start })
    expect((await app.database.contents()).booking, 'nothing is held by it').to.deep.equal([])
    const none = await visit.submit(italian, path, { start: undefined, action: 'en' })
    expect([none.status, formFields(none.html, path).fields['start']]).to.deep.equal([200, undefined])
  })

  it('changes nothing of what is held by a change of language on the page of the place', async () => {
    const summary = await toSummary(visit)
    await visit.submit(await visit.get('/prenota'), '/prenota', { site: 'magenta', action: 'en' })
    expect((await visit.submit(summary, '/prenota/riepilogo')).address).to.equal('/prenota/conferma')
  })

  it('forgets a place that was chosen and never sent once a later step is shown (D3)', async () => {
    await toSummary(visit)
    const siteOn = async () => /value="(\w+)"[^>]*\bchecked/.exec((await visit.get('/prenota')).html)?.[1]
    const held = await siteOn()
    await visit.submit(await visit.get('/prenota'), '/prenota', { site: 'magenta', action: 'en' })
    expect([held, await siteOn()]).to.deep.equal(['legnano', 'magenta'])
    await visit.get('/prenota/data-e-orario')
    expect(await siteOn()).to.equal(held)
  })

  it('asks for a site, and for a time', async () => {
    const place = await visit.submit(await visit.get('/prenota'), '/prenota')
    expect([place.status, place.text.includes('Scelga una sede.')]).to.deep.equal([422, true])
    await visit.submit(await visit.get('/prenota'), '/prenota', { site: 'legnano' })
    const slots = await visit.submit(
      await visit.get('/prenota/data-e-orario?giorno=2026-11-25'),
      '/prenota/data-e-orario',
    )
    expect([slots.status, slots.text.includes('Scelga un orario.')]).to.deep.equal([422, true])
    expect(slots.text).to.include('mercoledì 25 novembre')
  })

  it('takes notes of 200 characters, not of 201', async () => {
    const details = await toDetails(visit)
    const long = await visit.submit(details, '/prenota/dettagli', { notes: 'à'.repeat(201) })
    expect([long.status, long.text.includes('al massimo 200 caratteri')]).to.deep.equal([422, true])
    expect((await visit.submit(long, '/prenota/dettagli', { notes: '😀'.repeat(200) })).address).to.equal(
      '/prenota/richiedente',
    )
  })

  it('sends people of other Comuni courteously to their own ASST, and back if it was a slip (K6)', async () => {
    const page = await visit.submit(await toVisitor(), '/prenota/richiedente', { ...NICOLO, comune: 'altro' })
    expect([page.status, page.text.includes('Per il suo Comune c’è un’altra ASST')]).to.deep.equal([422, true])
    const milano = await visit.submit(await visit.get('/prenota/richiedente'), '/prenota/richiedente', {
      ...NICOLO,
      comune: '015146',
    })
    expect(milano.text).to.include('ASST del suo Comune')
    const back = await visit.get('/prenota/richiedente')
    expect((await visit.submit(back, '/prenota/richiedente', { comune: '015118' })).address).to.equal(
      '/prenota/riepilogo',
    )
  })

  it('does not confirm what another window has changed', async () => {
    const summary = await toSummary(visit)
    await toDetails(visit, { time: 5 })
    const again = await visit.submit(summary, '/prenota/riepilogo')
    expect([again.status, again.text.includes('La prenotazione è cambiata')]).to.deep.equal([409, true])
    expect(again.text).to.include('ore 9:45')
    expect((await visit.submit(again, '/prenota/riepilogo')).text).to.include('Prenotazione confermata')
  })

  it('shows the present choice to a form of an earlier one', async () => {
    const details = await toDetails(visit)
    await toDetails(visit, { time: 5 })
    const page = await visit.submit(details, '/prenota/dettagli', { notes: 'Per un altro orario' })
    expect(page.text).to.include('La prenotazione è cambiata').and.include('ore 9:45')
    expect(page.html).not.to.include('Per un altro orario')
  })

  const inventions: [string, Record<string, string>][] = [
    ['a field that no form has', { isAdmin: '1' }],
    ['an instant that is none', { start: 'tomorrow' }],
    ['a time that was never offered', { start: '2026-11-24T08:37:00+01:00' }],
  ]
  for (const [name, fields] of inventions) {
    it(`answers ${name} with a sentence and holds nothing`, async () => {
      await visit.submit(await visit.get('/prenota'), '/prenota', { site: 'legnano' })
      const slots = await visit.get('/prenota/data-e-orario')
      const page = await visit.submit(slots, '/prenota/data-e-orario', { start: freeTimes(slots)[0], ...fields })
      expect(page.status).to.be.within(400, 422)
      expect(page.html).not.to.match(/\bat \w+ \(|node_modules/)
      expect((await app.database.contents()).booking).to.deep.equal([])
    })
  }

  it('refuses forms without their CSRF token, and repeated fields', async () => {
    const page = await visit.get('/prenota')
    expect((await visit.submit(page, '/prenota', { site: 'legnano', _csrf: 'x' })).status).to.equal(403)
    expect((await visit.get('/prenota?sede=legnano&sede=magenta')).status).to.equal(400)
    expect((await visit.get('/prenota?utm_source=mail')).status).to.equal(200)
  })

  it('a form sent to an address that takes none is a 404, whether or not it has a token', async () => {
    const { html } = await visit.get('/prenota')
    const _csrf = formFields(html, '/prenota').fields['_csrf'] ?? ''
    for (const path of ['/orari', '/prenota/nulla', '/accessibilita', '/healthz', '/css/turno.css'])
      for (const fields of [{}, { _csrf }])
        expect((await visit.open(path, { method: 'POST', fields })).status, path).to.equal(404)
    expect((await visit.open('/prenota', { method: 'POST', fields: {} })).status).to.equal(403)
  })

  it('begins anew when the cookie was tampered with', async () => {
    await toSummary(visit)
    visit.cookies.set('booking-draft', `${visit.cookies.get('booking-draft')?.slice(0, -4)}AAAA`)
    expect((await visit.get('/prenota/riepilogo')).address).to.equal('/prenota')
  })
})

describe('a visitor who presses far too often', () => {
  it('is asked to wait, with a page and Retry-After', async () => {
    const app = await startApp(SQLITE, { settings: { RATE_LIMITS: 'on' } })
    const visit = new WebVisit(app.url)
    const place = await visit.get('/prenota')
    let page = place
    for (let i = 0; i < 61; i++) page = await visit.submit(place, '/prenota', {}, false)
    expect([page.status, page.text.includes('Troppe richieste')]).to.deep.equal([429, true])
    expect(Number(page.headers.get('retry-after'))).to.be.within(1, 60)
    await app.close()
  })
})
