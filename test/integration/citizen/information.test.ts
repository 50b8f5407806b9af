import { expect } from 'chai'
import type { EntityManager } from 'typeorm'
import { MatterEntity, MatterStore } from '../../../src/matters/index.js'
import { startApp, type TestApp } from '../../support/app.js'
import { aMatter } from '../../support/builders.js'
import { forEachEngine } from '../../support/engines.js'
import { WebVisit } from './web-visit.js'

describe('the page of a matter', () => {
  forEachEngine((engine) => {
    let app: TestApp
    before(async function () {
      this.timeout(60_000)
      app = await startApp(engine)
    })
    after(() => app.close())

    const changed = (work: (em: EntityManager) => Promise<unknown>) =>
      app.unitOfWork.run(async (tx) => {
        await work(tx.em)
        tx.afterCommit(() => app.events.publish('matters.changed', {}))
      })
    const visit = (language = 'it') => new WebVisit(app.url, language)
    const inOrder = (text: string, ...parts: string[]) => {
      const places = parts.map((part) => text.indexOf(part))
      expect(places, text).not.to.include(-1)
      expect([...places].sort((a, b) => a - b)).to.deep.equal(places)
    }

    it('M6: says what it is, the ways in their order with their conditions, what to bring, forms and links', async () => {
      const { status, text, html } = await visit().get('/informazioni/cambio')
      expect(status).to.equal(200)
      inOrder(
        text,
        'Cambiare medico o pediatra, allo stesso indirizzo',
        'abita sempre allo stesso indirizzo',
        'Online, nel Fascicolo Sanitario Elettronico',
        'il medico compare online',
        'In farmacia',
        'Alle stesse condizioni.',
        'Allo sportello, su appuntamento',
        'non compare tra quelli da scegliere online',
        'Che cosa portare',
        'Tessera sanitaria o codice fiscale',
        'Delega firmata e copia del documento di chi delega (se viene per un’altra persona)',
        'Moduli',
        'Delega (si ritira allo sportello)',
        'Link utili',
      )
      expect(html).to.include('href="https://www.fascicolosanitario.regione.lombardia.it"').and.include('data-print')
    })

    it('M6: is there in English too, at the same address', async () => {
      const { text, html } = await visit().get('/informazioni/cambio?lang=en')
      inOrder(
        text,
        'Change doctor or paediatrician',
        'At a pharmacy',
        'Under the same conditions.',
        'What to bring',
        'Forms',
      )
      expect(html).to.include('<html lang="en">').and.include('href="/informazioni/cambio?lang=it"')
    })

    it('M1: what can be settled elsewhere says so before a seat is spent, and the person may go on', async () => {
      for (const id of ['cambio', 'esenzione-reddito']) {
        const { text, html } = await visit().get(`/informazioni/${id}`)
        expect(text, id).to.include('Può risolvere senza venire allo sportello')
        expect(html, id).to.match(/<main[\s\S]*href="\/prenota"[\s\S]*<\/main>/)
      }
      const { text } = await visit().get('/informazioni/prima-iscrizione')
      expect(text).to.include('Prenota un appuntamento').and.not.include('Può risolvere senza venire')
    })

    it('M6: says between which hours one may walk in, as the service has them', async () => {
      const { text } = await visit().get('/informazioni/neonato')
      expect(text)
        .to.include('Di norma dalle 8:30 alle 12:30')
        .and.include('Senza precedenza su chi ha una prenotazione.')
    })

    it('M6: labels example data as such, and only that', async () => {
      const own = aMatter({
        isExample: false,
        forms: [{ text: { it: 'Modulo A', en: 'Form A' }, href: '/moduli/a.pdf' }],
      })
      await changed((em) => new MatterStore(em).add(own))
      expect((await visit().get('/informazioni/neonato')).text).to.include('Questa pagina è di esempio')
      const { text, html } = await visit().get(`/informazioni/${own.id}`)
      expect(text).not.to.include('Questa pagina è di esempio')
      expect(html).to.include('<a href="/moduli/a.pdf">Modulo A</a>')
    })

    it('M6: the first page leads to each of them', async () => {
      const { text, html } = await visit().get('/')
      expect(text).to.include('Di che cosa ha bisogno?')
      const { matters } = (await app.api.get('/matters')).body as { matters: { id: string; text: string }[] }
      for (const { id, text: name } of matters) {
        expect(html).to.include(`<a href="/informazioni/${id}">${name}</a>`)
        expect((await visit().get(`/informazioni/${id}`)).text).to.include(name)
      }
    })

    it('M6: one more row has a page, and a link on the first one, with no code changed', async () => {
      const mine = aMatter({ id: 'esenzione-patologia', nameIt: 'Esenzione per patologia' })
      await changed((em) => new MatterStore(em).add(mine))
      const { status, html } = await visit().get(`/informazioni/${mine.id}`)
      expect(status).to.equal(200)
      expect(html).to.include(`<h1>${mine.nameIt}</h1>`)
      expect((await visit().get('/')).html).to.include(`<a href="/informazioni/${mine.id}">${mine.nameIt}</a>`)
    })

    it('L3, M6: neither address nor title says why somebody comes', async () => {
      const { matters } = (await app.api.get('/matters')).body as { matters: { id: string }[] }
      for (const { id } of matters) {
        const { html } = await visit().get(`/informazioni/${id}`)
        expect(`${/<title>(.*)<\/title>/.exec(html)?.[1]} ${id}`).not.to.match(/scelta|revoca|medico|pediatra/i)
      }
    })

    it('M6: an unknown one is the usual page of what is not there', async () => {
      for (const id of ['nessuna', 'NEONATO', 'neonato%20', '__proto__', 'a'.repeat(300)]) {
        const { status, text, html } = await visit().get(`/informazioni/${id}`)
        expect([status, text.includes('Non trovato')], id).to.deep.equal([404, true])
        expect(html).to.include('href="/prenota"')
      }
    })

    it('M6: without any matter the first page does not speak of them', async () => {
      await changed((em) => em.createQueryBuilder().delete().from(MatterEntity).execute())
      const { status, text } = await visit().get('/')
      expect(status).to.equal(200)
      expect(text).not.to.include('Di che cosa ha bisogno?')
      expect((await visit().get('/informazioni/neonato')).status).to.equal(404)
    })
  })
})
