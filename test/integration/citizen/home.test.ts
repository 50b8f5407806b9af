import { expect } from 'chai'
import { startApp, type TestApp } from '../../support/app.js'
import { SQLITE } from '../../support/engines.js'
import { WebVisit } from './web-visit.js'

describe('the first page and the statements', () => {
  let app: TestApp
  before(async () => {
    app = await startApp(SQLITE)
  })
  after(() => app.close())

  it('says what is done where before a slot is spent', async () => {
    const { status, text, html } = await new WebVisit(app.url).get('/')
    expect(status).to.equal(200)
    expect(html).to.include('href="https://www.fascicolosanitario.regione.lombardia.it"')
    for (const told of [
      'E02, E12, E13, E30 ed E40',
      'dalle 8:30 alle 12:30',
      '65 anni o più',
      'codice fiscale del bambino',
    ]) {
      expect(text).to.include(told)
    }
  })

  it('shows each site with its first free moment as a way into the booking there (S7)', async () => {
    const visit = new WebVisit(app.url)
    const { html, text } = await visit.get('/')
    expect(text).to.include('Via Candiani 2, 20025 Legnano (MI)')
    expect(text).to.include('lunedì 23 novembre 2026, ore 10:00')
    expect(html).to.include('href="/prenota?sede=magenta"')
    expect((await visit.get('/prenota?sede=magenta')).html).to.match(/value="magenta"[^>]*checked/)
  })

  it('a template takes nothing from a query, whatever it is called (T25)', async () => {
    const hostile = [
      'settings[view options][client]=1',
      'settings[view options][escapeFunction]=1;throw 1',
      'cache=1',
      'delimiter=%25',
      'locals[t]=x',
      '__proto__[t]=x',
    ]
    const plain = await new WebVisit(app.url).get('/')
    for (const query of hostile) {
      const { status, text } = await new WebVisit(app.url).get(`/?${encodeURI(query)}`)
      expect({ query, status, text }).to.deep.equal({ query, status: 200, text: plain.text })
    }
  })

  it('labels example data as such', async () => {
    expect((await new WebVisit(app.url).get('/')).html).to.include('Dati di esempio')
  })

  it('speaks English when asked, and remembers it', async () => {
    const visit = new WebVisit(app.url)
    expect((await visit.get('/?lang=en')).html)
      .to.include('<html lang="en">')
      .and.include('Monday 23 November 2026, 10:00')
    expect((await visit.get('/prenota')).text).to.include('Where do you want to come?')
    expect((await visit.get('/prenota?lang=it')).text).to.include('Dove vuole venire?')
  })

  it('links each page to itself in the other language, what it shows included', async () => {
    const { html } = await new WebVisit(app.url).get('/privacy?da=magenta')
    expect(html).to.include('href="/privacy?da=magenta&amp;lang=en"')
    expect((await new WebVisit(app.url).get('//elsewhere.example/x')).html).not.to.match(/href="\/\//)
  })

  it('names no service in the title of any page (L3)', async () => {
    const visit = new WebVisit(app.url)
    for (const path of ['/', '/prenota', '/privacy', '/accessibilita', '/nothing']) {
      expect(/<title>(.*)<\/title>/.exec((await visit.get(path)).html)?.[1], path).not.to.match(/scelta|revoca|medico/i)
    }
  })

  it('has a privacy notice without consent and an accessibility statement, both in the footer', async () => {
    const visit = new WebVisit(app.url)
    const { html } = await visit.get('/')
    expect(html).to.include('href="/privacy"').and.include('href="/accessibilita"')
    const privacy = await visit.get('/privacy')
    expect(privacy.text).to.include('lettera e) del Regolamento (UE) 2016/679').and.include('90 giorni')
    expect(privacy.html).not.to.include('type="checkbox"')
    expect((await visit.get('/accessibilita')).text).to.include('Difensore civico per il digitale')
  })

  it('answers an address that is none with a page that leads back', async () => {
    const { status, text, html } = await new WebVisit(app.url).get('/nothing')
    expect([status, text.includes('Non trovato')]).to.deep.equal([404, true])
    expect(html).to.include('href="/prenota"')
  })
})
