import { expect } from 'chai'
import { startApp, type TestApp } from '../../support/app.js'
import { forEachEngine } from '../../support/engines.js'
import { signedIn, type StaffClient } from '../../support/staff.js'
import { WebVisit } from '../citizen/web-visit.js'
import { at, NEWBORN } from '../queue/room.js'

/** What the page may never say: why somebody came. */
const TELLS_WHY = /neonat|accesso diretto|punto-ritiro|scelta-revoca|neonati/i

forEachEngine((engine) => {
  describe('the page that follows a ticket on a phone', function () {
    this.timeout(60_000)
    let app: TestApp
    let staff: StaffClient
    let visit: WebVisit
    beforeEach(async () => {
      app = await startApp(engine, { now: at('09:00') })
      staff = await signedIn(app)
      visit = new WebVisit(app.url)
    })
    afterEach(() => app.close())

    const draw = async (service = 'accesso-diretto') => {
      const body = { service, ...(service === 'neonati' && { newbornTaxCode: NEWBORN }) }
      const { ticket } = (await staff.post('/sites/legnano/walk-ins', body)).body
      return { id: ticket.id as string, path: `/numero/${ticket.token}` }
    }
    const open = () => staff.post('/counters/legnano-1/open')
    const next = () => staff.post('/counters/legnano-1/next')
    const audit = async () =>
      ((await app.database.contents())['audit_record'] as Record<string, string>[])
        .filter((row) => row['row_subject_kind'] === 'ticket')
        .map((row) => `${row['row_who']} ${row['row_what']} ${row['row_from_state']} → ${row['row_to_state']}`)

    it('says number, people ahead, and that no counter is open; then a range in whole minutes (Q6)', async () => {
      await draw()
      await draw()
      app.clock.advanceMinutes(1)
      const { path } = await draw('neonati')
      const page = await visit.get(path)
      expect(page.status).to.equal(200)
      expect(page.text).to.include('N001').and.include('È in coda').and.include('2 persone')
      expect(page.text).to.include('nessuno sportello aperto')
      await open()
      expect((await visit.get(path)).text).to.match(/Attesa circa [1-9]\d*–\d+ minuti/)
      expect(page.text, 'the rule of the order').to.include('prima chi ha prenotato ed è arrivato')
    })

    it('to the first in the line says that it is soon their turn, unless no counter is open (Q6)', async () => {
      const { path } = await draw()
      expect((await visit.get(path)).text).to.include('Prima di lei nessuno Attesa nessuno sportello aperto')
      await open()
      expect((await visit.get(path)).text).to.include('Prima di lei nessuno: tocca a lei tra poco Attesa circa')
    })

    it('says every state in words, with the counter when there is one (Q4)', async () => {
      const { id, path } = await draw()
      await open()
      const says = async (words: string) => expect((await visit.get(path)).text).to.include(words)
      const step = (name: string) => staff.post(`/tickets/${id}/${name}`)
      await next()
      await says('È il suo turno: sportello 1')
      expect((await visit.get(path)).html).to.match(/<title>È il suo turno: sportello 1 – D001 – /)
      await step('start')
      await says('La stanno servendo allo sportello 1')
      await step('park')
      await says('Il suo posto è tenuto')
      await step('return')
      await says('È in coda')
      await next()
      await step('missed')
      await says('Allo sportello non è arrivato nessuno')
      await step('return')
      await next()
      await step('start')
      await step('done')
      await says('Ha finito')
      const other = await draw()
      await staff.post(`/tickets/${other.id}/left`)
      expect((await visit.get(other.path)).text).to.include('Non è più in coda')
    })

    it('is still there the day after: who was at a counter reads that the day is over, who waited that it left', async () => {
      const [called, waiting] = [await draw(), await draw()]
      await open()
      await next()
      app.clock.set('2026-11-25T09:00:00+01:00')
      expect((await visit.get(called.path)).text).to.include('La giornata è finita')
      expect((await visit.get(waiting.path)).text).to.include('Non è più in coda')
      expect((await visit.get(waiting.path)).html).not.to.include('/lascia"><')
    })

    it('changes nothing when opened, whatever is opened, by GET or HEAD', async () => {
      const { path } = await draw()
      const before = await app.database.contents()
      for (const below of ['', '/lascia', '/qr.svg', '?fatto=lasciata', '?aggiorna=no', '?lang=en']) {
        for (const method of ['GET', 'HEAD']) {
          const { status, headers } = await visit.open(path + below, { method })
          expect([status, headers.get('cache-control'), headers.get('referrer-policy')], below).to.deep.equal([
            200,
            'no-store',
            'no-referrer',
          ])
        }
      }
      expect(await app.database.contents()).to.deep.equal(before)
      expect((await visit.get(`${path}?fatto=lasciata`)).text, 'an address proves nothing').not.to.include('lasciato')
    })

    it('holds nothing personal, no service, no third party', async () => {
      const { path } = await draw('neonati')
      for (const below of ['', '/lascia']) {
        const { html } = await visit.get(path + below)
        expect(html).not.to.match(TELLS_WHY)
        expect(html).not.to.include(NEWBORN)
        expect(html).not.to.match(/(src|href)="(https?:)?\/\/(?!www\.fascicolosanitario)/)
      }
    })

    it('is a plain 404 for a forged token, the same as for an unknown one', async () => {
      const { path } = await draw()
      const lastChanged = path.slice(0, -2) + (path.endsWith('A') ? 'BB' : 'AA')
      const paths = [lastChanged, `/numero/${'a'.repeat(43)}`, '/numero/x', `${path}x`, `${path.toUpperCase()}`]
      const pages = await Promise.all(paths.map((other) => visit.get(other)))
      expect(pages.map((page) => page.status)).to.deep.equal([404, 404, 404, 404, 404])
      expect(new Set(pages.slice(0, 4).map(({ text }) => text)).size).to.equal(1)
      expect((await visit.get(`${lastChanged}/qr.svg`)).status).to.equal(404)
      expect((await visit.get(`${lastChanged}/lascia`)).status).to.equal(404)
    })

    it('leaves the queue by a press, once, and leaves an audit record of it (A3)', async () => {
      const { path } = await draw()
      const ask = await visit.get(`${path}/lascia`)
      expect(ask.text).to.include('Vuole lasciare la coda?')
      const done = await visit.submit(ask, `${path}/lascia`)
      expect(done.text).to.include('Ha lasciato la coda').and.include('Non è più in coda')
      const again = await visit.submit(ask, `${path}/lascia`)
      expect([again.status, again.text.includes('Ha lasciato la coda')]).to.deep.equal([200, true])
      expect((await audit()).filter((line) => line.includes('leave'))).to.deep.equal([
        'visitor leave-queue waiting → left',
      ])
      expect((await visit.get(`${path}/lascia`)).address).to.equal(path)
      expect((await staff.get('/sites/legnano/queue')).body.waiting).to.deep.equal([])
    })

    it('is told in words when it was called in the same moment: nothing is done', async () => {
      const { path } = await draw()
      await open()
      const ask = await visit.get(`${path}/lascia`)
      await next()
      const refused = await visit.submit(ask, `${path}/lascia`)
      expect(refused.status).to.equal(409)
      expect(refused.text).to.include('Non ha lasciato la coda').and.include('È il suo turno: sportello 1')
      expect((await audit()).some((line) => line.includes('leave'))).to.equal(false)
    })

    describe('ten more minutes (Q9)', () => {
      it('are had by a press without scripts, once: until when is said, and the button is gone', async () => {
        const { path } = await draw()
        await draw()
        const page = await visit.get(path)
        expect(page.text).to.include('Ho bisogno di altri dieci minuti').and.include('Prima di lei nessuno')
        const given = await visit.submit(page, `${path}/attendi`)
        expect(given.text).to.include('Ha altri dieci minuti').and.include('Fino alle 9:10 gli altri passano prima')
        expect(given.text, 'what the order says').to.include('Prima di lei 1 persona')
        expect(given.html).to.match(/<form[^>]+attendi"[^>]* hidden/)
        const again = await visit.submit(page, `${path}/attendi`)
        expect([again.status, again.text.includes('Fino alle 9:10')]).to.deep.equal([200, true])
        expect((await audit()).filter((line) => line.includes('give-way'))).to.deep.equal([
          'visitor give-way waiting → waiting',
        ])
        app.clock.advanceMinutes(10)
        const after = await visit.get(`${path}?fatto=attesa`)
        expect(after.text).to.include('Prima di lei nessuno').and.not.include('Fino alle')
        expect(after.text, 'an address proves nothing').not.to.include('Ha altri dieci minuti')
        const spent = await visit.submit(page, `${path}/attendi`)
        expect(spent.status).to.equal(409)
        expect(spent.text).to.include('Non può avere altri dieci minuti').and.include('È in coda')
      })

      it('cannot be had by who has been called in the same moment, nor by a forged form', async () => {
        const { path } = await draw()
        await open()
        const page = await visit.get(path)
        const forged = await visit.open(`${path}/attendi`, { method: 'POST', fields: { _csrf: 'x' } })
        expect(forged.status).to.equal(403)
        await next()
        const refused = await visit.submit(page, `${path}/attendi`)
        expect(refused.status).to.equal(409)
        expect(refused.text).to.include('Non può avere altri dieci minuti').and.include('È il suo turno: sportello 1')
        expect((await audit()).some((line) => line.includes('give-way'))).to.equal(false)
      })

      it('two presses at once are one', async () => {
        const { path } = await draw()
        const page = await visit.get(path)
        const pressed = await Promise.all(
          [visit, visit.copy()].map((each) => each.submit(page, `${path}/attendi`, {}, false)),
        )
        expect(pressed.map(({ status }) => status)).to.deep.equal([303, 303])
        expect((await audit()).filter((line) => line.includes('give-way'))).to.have.length(1)
      })

      it('in English', async () => {
        const { path } = await draw()
        const english = new WebVisit(app.url, 'en')
        const given = await english.submit(await english.get(path), `${path}/attendi`)
        expect(given.text).to.include('You have ten more minutes').and.include('Until 9:10 others go first')
      })
    })

    it('leaves only from its own page: without the form’s token it is refused', async () => {
      const { path } = await draw()
      const forged = await visit.open(`${path}/lascia`, { method: 'POST', fields: { _csrf: 'x' } })
      expect(forged.status).to.equal(403)
      expect((await visit.get(path)).text).to.include('È in coda')
    })

    it('two presses at once and a call at once: one wins, the state stays legal', async () => {
      const { path } = await draw()
      await open()
      const ask = await visit.get(`${path}/lascia`)
      const [one, two, call] = await Promise.all([
        visit.submit(ask, `${path}/lascia`, {}, false),
        visit.copy().submit(ask, `${path}/lascia`, {}, false),
        next(),
      ])
      const left = (await visit.get(path)).text.includes('Non è più in coda')
      expect([one.status, two.status]).to.deep.equal(left ? [303, 303] : [409, 409])
      expect(call.body.ticket === null).to.equal(left)
    })

    it('opens itself again every 20 s without scripts, until it is over or somebody stops it (2.2.1)', async () => {
      const { id, path } = await draw()
      const { html, headers } = await visit.get(path)
      expect(html).to.include(`<noscript><meta http-equiv="refresh" content="20; url=${path}"></noscript>`)
      expect(headers.get('content-security-policy')).not.to.include('navigate-to')
      expect((await visit.get(`${path}?aggiorna=no`)).html).not.to.include('http-equiv="refresh"')
      expect((await visit.get(`${path}/lascia`)).html, 'a question waits').not.to.include('http-equiv="refresh"')
      await staff.post(`/tickets/${id}/left`)
      expect((await visit.get(path)).html).not.to.include('http-equiv="refresh"')
    })

    it('draws its own address as a QR, by the configured base, and speaks English', async () => {
      const { path } = await draw()
      const picture = await visit.get(`${path}/qr.svg`)
      expect([picture.headers.get('content-type'), picture.html.startsWith('<svg')]).to.deep.equal([
        'image/svg+xml; charset=utf-8',
        true,
      ])
      const english = await new WebVisit(app.url, 'en').get(path)
      expect(english.text).to.include('You are in the queue').and.include('no counter is open')
    })

    it('tells kiosks and staff alone what numbers are given for now (W3)', async () => {
      expect((await app.api.get('/sites/legnano/walk-ins')).status).to.equal(401)
      expect((await staff.get('/sites/magenta/walk-ins')).status).to.equal(403)
      const { body } = await staff.get('/sites/legnano/walk-ins')
      expect(body.at).to.equal('2026-11-24T09:00:00+01:00')
      expect(body.services.map(({ id, open: isOpen }: { id: string; open: boolean }) => [id, isOpen])).to.deep.equal([
        ['neonati', true],
        ['accesso-diretto', true],
        ['punto-ritiro', true],
      ])
      app.clock.set(at('12:30'))
      await staff.signIn(staff.username)
      const [newborn] = (await staff.get('/sites/legnano/walk-ins')).body.services
      expect(newborn).to.deep.equal({
        id: 'neonati',
        lane: 'N',
        seniorFirst: false,
        open: false,
        reason: 'outside-window',
        opensAt: '2026-11-25T08:30:00+01:00',
      })
    })
  })
})
